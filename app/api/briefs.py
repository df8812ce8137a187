"""Briefs: write them, one or a matrix; read, download, delete. Whoever sees published personas only writes and sees
briefs of those only."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field, StringConstraints

from app.access.action import Action
from app.access.permission import You, may
from app.access.principal import Principal, Sight
from app.api.context import Bench, Desk, Study
from app.api.etags import answer, tag_of
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.api.studies import IdempotencyKey
from app.briefs.approving import approve_brief
from app.briefs.choosing import choose
from app.briefs.files import KINDS, brief_file
from app.briefs.ground import load_ground
from app.briefs.keeping import delete_brief, get_brief, list_briefs, stale_briefs
from app.briefs.matrix import job_ids, matrix
from app.briefs.writing import draft_briefs, keep
from app.models.base import Model
from app.models.brief import ApprovalState, Brief, BriefRequest, Format, Intent, Stage, StaleBrief
from app.models.job import Job, JobKind
from app.models.outcome import BriefRank
from app.outcomes.ranking import ranked

router = APIRouter(prefix="/studies/{study}", tags=["briefs"])
BriefId = Annotated[str, Path(alias="brief", description="The brief's id.", max_length=64)]
Named = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Industry = Annotated[str, StringConstraints(max_length=100)]


class BriefSummary(Model):
    """A brief as listed."""

    id: str
    persona_id: str
    audience: str
    stage: Stage
    intent: Intent
    industry: str
    format: Format
    asset_type: str
    proof_points: int
    flags: list[str]
    stale: str = Field(description="Why it no longer says what is known; empty where it does.")
    rank: BriefRank | None = Field(description="Its place by what was measured; null where nothing was.")


class BriefShown(Model):
    """A brief, and why it is stale where it is."""

    brief: Brief
    stale: str = ""


class Decision(Model):
    """Whether a brief may be worked from."""

    state: ApprovalState = Field(examples=["approved"])


class NewBrief(Model):
    """What is to be written."""

    persona: Named = Field(description="A persona's id or a part of its name, or an account whose people decide.")
    stage: Stage = Field(Stage.TOP, examples=["middle"])
    intent: Intent | None = Field(None, description="Follows from the stage where it is not given.")
    industry: Industry = Field("", description="Empty for all.")
    format: Format | None = Field(None, description="A blog post, or a job advertisement for a candidate persona.")


class NewMatrix(Model):
    """Every choice with every other. What is left empty is: all micro personas, all stages, no industry."""

    personas: list[Named] = Field([], max_length=100)
    stages: list[Stage] = Field([], max_length=3)
    industries: list[Industry] = Field([], max_length=50)
    format: Format | None = None


def _published(you: Principal) -> bool:
    return you.sight is Sight.PUBLISHED


@router.get("/briefs", dependencies=[may(Action.READ_BRIEFS)], summary="List the briefs", responses=responses(404))
def briefs(
    bench: Bench, study: Study, you: You, piece: Wanted,
    by: Annotated[Literal["persona", "outcome"], Query(description="The order; `outcome` is best first.")] = "persona",
) -> Page[BriefSummary]:  # fmt: skip
    """By persona, then by stage; or as they are ranked by what was measured."""
    ground = load_ground(bench, study)
    found = list_briefs(ground, published=_published(you))
    stale = stale_briefs(ground, found)
    ranks = ranked(bench, study, found)
    if by == "outcome" and ranks:
        found.sort(key=lambda one: ranks[one.id].place)
    return piece.of(found, lambda one: one.id, lambda one: _summary(one, stale.get(one.id), ranks.get(one.id)))


def _summary(one: Brief, stale: StaleBrief | None, rank: BriefRank | None) -> BriefSummary:
    return BriefSummary(
        id=one.id, persona_id=one.persona_id, audience=one.audience.name, stage=one.funnel_stage,
        intent=one.buyer_intent, industry=one.industry_variant, format=one.format, asset_type=one.asset_type,
        proof_points=len(one.proof_points), flags=one.flags, stale=stale.why if stale else "", rank=rank,
    )  # fmt: skip


@router.post(
    "/briefs", dependencies=[may(Action.WRITE_BRIEF)], status_code=201, summary="Write a brief",
    responses=responses(400, 404, 409, 502), response_model=BriefShown,
)  # fmt: skip
def write(bench: Bench, study: Study, you: You, new: NewBrief, response: Response) -> BriefShown:
    """There is one for each choice of persona, stage, intent, industry and format. Written again it takes the place of
    the earlier one, and the same study gives the same brief."""
    ground = load_ground(bench, study)
    request = BriefRequest(study_id=study, published=_published(you), **new.model_dump())
    (made,) = draft_briefs(ground, [choose(ground, request)])
    shown = BriefShown(brief=keep(ground, made))
    response.headers["Location"] = f"/api/v1/studies/{study}/briefs/{made.id}"
    response.headers["ETag"] = tag_of(shown)
    return shown


@router.post(
    "/briefs/matrix",
    dependencies=[may(Action.WRITE_BRIEF)],
    status_code=202,
    summary="Write many briefs",
    responses=responses(400, 404, 409),
)
def write_many(
    bench: Bench, desk: Desk, study: Study, you: You, new: NewMatrix, response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Job:  # fmt: skip
    """Starts a job; what has no evidence is counted and not written."""
    ground = load_ground(bench, study)
    wanted = matrix(ground, published=_published(you), **dict(new))
    job = desk.start(JobKind.BRIEF, study, by=you.name, key=idempotency_key or "", **job_ids(ground, wanted))
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return job


@router.get(
    "/briefs/{brief}",
    dependencies=[may(Action.READ_BRIEFS)],
    summary="A brief",
    responses=responses(404),
    response_model=BriefShown,
)
def brief(request: Request, bench: Bench, study: Study, you: You, brief_id: BriefId) -> Response:
    """With the quotes that may be published as things stand now."""
    return answer(request, _shown(bench, study, you, brief_id))


@router.get(
    "/briefs/{brief}/download", dependencies=[may(Action.READ_BRIEFS)], summary="A brief as a file",
    responses={**responses(404), 200: {"content": {kind: {} for kind in KINDS.values()}}}, response_class=Response,
)  # fmt: skip
def download(
    bench: Bench, study: Study, you: You, brief_id: BriefId,
    kind: Annotated[
        Literal["md", "html", "docx", "pdf", "json"], Query(alias="as", description="The kind of file.")
    ] = "md",
) -> Response:  # fmt: skip
    shown = _shown(bench, study, you, brief_id)
    file = brief_file(shown.brief, kind, shown.stale)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    return Response(file.content, headers=headers, media_type=file.media_type)


@router.patch(
    "/briefs/{brief}",
    dependencies=[may(Action.WRITE_BRIEF)],
    summary="Approve a brief, or take that back",
    responses=responses(404, 409),
)
def decide(bench: Bench, study: Study, you: You, brief_id: BriefId, wanted: Decision) -> BriefShown:
    """A stale brief cannot be approved."""
    ground = load_ground(bench, study)
    approve_brief(ground, brief_id, wanted.state, by=you.name, published=_published(you))
    return _shown(bench, study, you, brief_id)


@router.delete(
    "/briefs/{brief}",
    dependencies=[may(Action.WRITE_BRIEF)],
    status_code=204,
    summary="Delete a brief",
    responses=responses(404),
)
def delete(bench: Bench, study: Study, you: You, brief_id: BriefId) -> Response:
    delete_brief(bench, study, brief_id, published=_published(you))
    return Response(status_code=204)


def _shown(bench: Bench, study: str, you: Principal, brief_id: str) -> BriefShown:
    ground = load_ground(bench, study)
    found = get_brief(ground, brief_id, published=_published(you))
    why = stale_briefs(ground, [found]).get(found.id)
    return BriefShown(brief=found, stale=why.why if why else "")
