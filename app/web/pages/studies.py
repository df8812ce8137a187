"""The studies of this home, and a new one."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from app.access.action import Action
from app.access.people import made_by
from app.access.permission import may
from app.intake.studies import create_study, describe_study, list_studies, study_status
from app.web.front import FrontDep, Ours

router = APIRouter()


@router.get("/", dependencies=[may(Action.SEE_STUDIES)])
def studies(front: FrontDep) -> HTMLResponse:
    found = [
        study_status(front.bench, study.id) for study in list_studies(front.bench) if front.you.belongs_to(study.id)
    ]
    return front.show("studies.html.j2", studies=found)


@router.post("/studies", dependencies=[may(Action.MAKE_STUDY), Ours])
def create(
    front: FrontDep,
    name: Annotated[str, Form()],
    area: Annotated[str, Form()] = "",
    question: Annotated[str, Form()] = "",
) -> RedirectResponse:
    study = describe_study(name.strip(), product_area=area.strip(), research_question=question.strip())
    create_study(front.bench, study)
    made_by(front.bench.store, study.id, front.you.user_id)
    return RedirectResponse(f"/studies/{study.id}", status_code=303)
