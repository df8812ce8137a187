"""Studies: list, make, look at, delete; and the whole cast, for programs and on paper."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Request, Response
from pydantic import Field, StringConstraints

from app.access.action import Action
from app.access.people import made_by
from app.access.permission import You, may
from app.api.context import Bench, Desk, Study
from app.api.etags import answer
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.errors import Conflict
from app.exports.catalogue import PLAYBOOK, find_in_catalogue
from app.exports.outgoing import load_outgoing
from app.intake.studies import ID, StudyStatus, create_study, delete_study, describe_study, list_studies, study_status
from app.models.base import Model
from app.models.cast import Cast
from app.models.study import Study as StudyFrame

router = APIRouter(tags=["studies"])
Line = Annotated[str, StringConstraints(max_length=400)]


class NewStudy(Model):
    """The frame of a new study."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(examples=["Autumn interviews"])
    id: str | None = Field(None, description="Short id; made from the name where not given.", pattern=f"^{ID.pattern}$")
    kind: Literal["customers", "recruiting"] = "customers"
    product: Line = Field("", examples=["Flowline, scheduling for field teams"])
    product_area: Line = ""
    research_question: Line = ""


IdempotencyKey = Annotated[
    str | None,
    Header(max_length=200, description="Any string of yours: a request repeated with it is done once."),
]


@router.get("/studies", dependencies=[may(Action.SEE_STUDIES)], summary="List the studies")
def studies(bench: Bench, piece: Wanted, you: You) -> Page[StudyFrame]:
    """Those you belong to."""
    return piece.of([one for one in list_studies(bench) if you.belongs_to(one.id)], lambda one: one.id, lambda one: one)


@router.post(
    "/studies",
    dependencies=[may(Action.MAKE_STUDY)],
    status_code=201,
    summary="Make a study",
    responses=responses(400, 409),
)
def make_study(
    bench: Bench, new: NewStudy, response: Response, you: You, idempotency_key: IdempotencyKey = None
) -> StudyFrame:
    """The id is taken: 409; with an idempotency key, and the same frame, it is the study you made before."""
    frame = new.model_dump(exclude={"id", "name", "kind"})
    study = describe_study(new.name, study_id=new.id, **frame).model_copy(update={"kind": new.kind})
    known = {one.id: one for one in list_studies(bench)}.get(study.id)
    if known is None:
        create_study(bench, study)
        made_by(bench.store, study.id, you.user_id)
    elif idempotency_key is None or known != study or not you.belongs_to(study.id):
        raise Conflict(f"There is a study “{study.id}” already. Choose another id, or delete it first.")
    response.headers["Location"] = f"/api/v1/studies/{study.id}"
    return study


@router.get(
    "/studies/{study}",
    dependencies=[may(Action.READ_STUDY)],
    summary="Where a study stands",
    responses=responses(404),
    response_model=StudyStatus,
)
def status(request: Request, bench: Bench, study: Study) -> Response:
    return answer(request, study_status(bench, study))


@router.delete(
    "/studies/{study}",
    dependencies=[may(Action.DELETE_STUDY)],
    status_code=204,
    summary="Delete a study and all in it",
    responses=responses(404),
)
def delete(bench: Bench, desk: Desk, study: Study) -> None:
    """Sources, vectors, evidence, personas, kept files, jobs: nothing is left."""
    desk.forget(study)
    delete_study(bench, study)


@router.get(
    "/studies/{study}/cast",
    dependencies=[may(Action.EXPORT)],
    summary="Everything a run made",
    responses=responses(404),
    response_model=Cast,
)
def cast(request: Request, bench: Bench, study: Study) -> Response:
    """What `personas.json` holds. What people rejected is left out."""
    return answer(request, load_outgoing(bench, study).cast)


@router.get(
    "/studies/{study}/playbook",
    dependencies=[may(Action.EXPORT)],
    summary="The playbook, a page for reading and print",
    responses={**responses(404), 200: {"content": {"text/html": {}}}},
    response_class=Response,
)
def playbook(bench: Bench, study: Study) -> Response:
    found = find_in_catalogue(PLAYBOOK)
    return Response(found.make(load_outgoing(bench, study)), media_type=found.media_type)
