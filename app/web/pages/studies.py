"""The studies of this home, a new one, and the end of one."""

from itertools import count
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.access.action import Action
from app.access.people import made_by
from app.access.permission import may
from app.intake.studies import create_study, delete_study, describe_study, list_studies, slug, study_status
from app.web.front import Front, FrontDep, Ours, RoomDep
from app.web.rooms import Room

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
    product: Annotated[str, Form()] = "",
    kind: Annotated[Literal["customers", "recruiting"], Form()] = "customers",
) -> RedirectResponse:
    study = describe_study(
        name.strip(), study_id=_free_id(front, name),
        product=product.strip(), product_area=area.strip(), research_question=question.strip(),
    ).model_copy(update={"kind": kind})  # fmt: skip
    create_study(front.bench, study)
    made_by(front.bench.store, study.id, front.you.user_id)
    return RedirectResponse(f"/studies/{study.id}", status_code=303)


def _free_id(front: Front, name: str) -> str:
    """Made from the name; two studies may have one name, and a name may hold no Latin letter."""
    known, made = {study.id for study in list_studies(front.bench)}, slug(name) or "study"
    numbered = (f"{made[:58]}-{number}" for number in count(2))
    return made if made not in known else next(one for one in numbered if one not in known)


@router.get("/studies/{study_id}/delete", dependencies=[may(Action.DELETE_STUDY)])
def before_deleting(front: FrontDep, room: RoomDep) -> HTMLResponse:
    """What will go, and a field for the name: there is no way back."""
    return _asked(front, room, wrong=False)


@router.post("/studies/{study_id}/delete", dependencies=[may(Action.DELETE_STUDY), Ours])
def delete(front: FrontDep, room: RoomDep, name: Annotated[str, Form(max_length=400)] = "") -> Response:
    """Only where the study's name was typed."""
    if name.strip() != room.cast.study.name:
        return _asked(front, room, wrong=True)
    if front.house.desk:
        front.desk.forget(room.study_id)
    delete_study(front.bench, room.study_id)
    return RedirectResponse("/", status_code=303)


def _asked(front: Front, room: Room, *, wrong: bool) -> HTMLResponse:
    found = study_status(front.bench, room.study_id)
    goes = [("people", found.participants), ("sources", found.sources), ("pieces of evidence", found.evidence),
            ("themes", found.themes), ("personas", found.personas)]  # fmt: skip
    answer = front.show_in(room, "delete.html.j2", here="home", goes=goes, wrong=wrong)
    answer.status_code = 422 if wrong else 200
    return answer
