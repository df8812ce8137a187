"""Briefs: what can be written for whom, written with one click, read, copied and downloaded."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.access.action import Action
from app.access.permission import may
from app.access.principal import Sight
from app.briefs.approving import approve_brief
from app.briefs.choosing import choose
from app.briefs.document import document_of
from app.briefs.files import brief_file
from app.briefs.ground import Ground, load_ground
from app.briefs.keeping import delete_brief, get_brief, list_briefs, stale_briefs
from app.briefs.markdown import part_markdown, to_markdown
from app.briefs.matrix import job_ids, matrix
from app.briefs.writing import draft_briefs, keep
from app.models.brief import ApprovalState, Brief, BriefRequest, Format, Intent, Stage
from app.models.job import Job, JobKind
from app.outcomes.ranking import ranked
from app.web.briefing import brief_rows, grid_rows, poor_fits
from app.web.front import Front, FrontDep, Ours, RoomDep
from app.web.kept_pages import FLEETING

router = APIRouter()
BRIEFS = "/studies/{study_id}/briefs"
Industry = Annotated[str, Form(max_length=100)]
# How a page that is asked for while briefs are written knows to come again.
SOON = "2"


def _published(front: Front) -> bool:
    return front.you.sight is Sight.PUBLISHED


@router.get(BRIEFS, dependencies=[may(Action.READ_BRIEFS)])
def briefs(
    front: FrontDep,
    room: RoomDep,
    industry: Annotated[str, Query(max_length=100)] = "",
    format: Annotated[Format | Literal[""], Query()] = "",
    writing: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """The grid for one industry and format, and every brief there is. `writing` is the job that writes more."""
    ground, published = load_ground(front.bench, room.study_id), _published(front)
    found = list_briefs(ground, published=published)
    stale = stale_briefs(ground, found)
    ranks = ranked(front.bench, room.study_id, found)
    job = _writing(front, room.study_id, writing) if writing else None
    under_way = job if job and not job.state.ended else None
    answer = front.show_in(
        room, "briefs.html.j2", here="briefs", rules=ground.rules, industries=ground.all_industries,
        industry=industry, format=format, job=under_way, done=job if job and job.state.ended else None,
        rows=grid_rows(ground, found, stale, industry, format or None, published=published),
        written=brief_rows(ground, found, stale, ranks), poor=poor_fits(ground, published=published),
    )  # fmt: skip
    if writing:
        answer.headers[FLEETING] = "briefs are being written"
    if under_way:
        answer.headers["refresh"] = SOON
    return answer


@router.post(BRIEFS, dependencies=[may(Action.WRITE_BRIEF), Ours])
def write(
    front: FrontDep,
    room: RoomDep,
    persona: Annotated[str, Form(min_length=1, max_length=100)],
    stage: Annotated[Stage, Form()] = Stage.TOP,
    intent: Annotated[Intent | Literal[""], Form()] = "",
    industry: Industry = "",
    format: Annotated[Format | Literal[""], Form()] = "",
) -> RedirectResponse:
    request = BriefRequest(
        study_id=room.study_id, persona=persona, stage=stage, intent=intent or None, industry=industry.strip(),
        format=format or None, published=_published(front),
    )  # fmt: skip
    ground = load_ground(front.bench, room.study_id)
    (made,) = draft_briefs(ground, [choose(ground, request)])
    return RedirectResponse(f"{room.links.study}/briefs/{keep(ground, made).id}", status_code=303)


@router.post(f"{BRIEFS}/all", dependencies=[may(Action.WRITE_BRIEF), Ours])
def write_all(
    front: FrontDep, room: RoomDep, industry: Industry = "", format: Annotated[Format | Literal[""], Form()] = ""
) -> RedirectResponse:
    """The whole grid as a job; what has no evidence is left."""
    ground = load_ground(front.bench, room.study_id)
    wanted = matrix(ground, industries=[industry], format=format or None, published=_published(front))
    job = front.desk.start(JobKind.BRIEF, room.study_id, by=front.you.name, **job_ids(ground, wanted))
    asked = urlencode({"writing": job.id, "industry": industry})
    return RedirectResponse(f"{room.links.study}/briefs?{asked}", status_code=303)


@router.get(f"{BRIEFS}/{{brief_id}}", dependencies=[may(Action.READ_BRIEFS)])
def brief(front: FrontDep, room: RoomDep, brief_id: str) -> HTMLResponse:
    found, stale, ground = _found(front, room.study_id, brief_id)
    document = document_of(found, stale)
    known = {one.id for one in ground.personas(published=_published(front))}
    return front.show_in(
        room, "brief.html.j2", here="briefs", brief=found, document=document, markdown=to_markdown(document),
        parts=[(part, part_markdown(part)) for part in document.parts], has_persona=found.persona_id in known,
        reads_sources=front.you.may(Action.READ_SOURCES),
    )  # fmt: skip


@router.get(f"{BRIEFS}/{{brief_id}}/download", dependencies=[may(Action.READ_BRIEFS)])
def download(
    front: FrontDep,
    room: RoomDep,
    brief_id: str,
    kind: Annotated[Literal["md", "html", "docx", "pdf", "json"], Query(alias="as")] = "md",
) -> Response:
    found, stale, _ = _found(front, room.study_id, brief_id)
    file = brief_file(found, kind, stale)
    headers = {"content-disposition": f'attachment; filename="{file.name}"', FLEETING: "it is a file"}
    return Response(file.content, headers=headers, media_type=file.media_type)


@router.post(f"{BRIEFS}/{{brief_id}}/again", dependencies=[may(Action.WRITE_BRIEF), Ours])
def again(front: FrontDep, room: RoomDep, brief_id: str) -> RedirectResponse:
    """The same choice, from what is known now."""
    ground, published = load_ground(front.bench, room.study_id), _published(front)
    old = get_brief(ground, brief_id, published=published)
    request = BriefRequest(
        study_id=room.study_id, persona=old.persona_id, stage=old.funnel_stage, intent=old.buyer_intent,
        industry=old.industry_variant, format=old.format, published=published,
    )  # fmt: skip
    (made,) = draft_briefs(ground, [choose(ground, request)])
    return RedirectResponse(f"{room.links.study}/briefs/{keep(ground, made).id}", status_code=303)


@router.post(f"{BRIEFS}/{{brief_id}}/state", dependencies=[may(Action.WRITE_BRIEF), Ours])
def decide(front: FrontDep, room: RoomDep, brief_id: str, state: Annotated[ApprovalState, Form()]) -> RedirectResponse:
    """Approved, or a draft again."""
    ground = load_ground(front.bench, room.study_id)
    approve_brief(ground, brief_id, state, by=front.you.name, published=_published(front))
    return RedirectResponse(f"{room.links.study}/briefs/{brief_id}", status_code=303)


@router.post(f"{BRIEFS}/{{brief_id}}/delete", dependencies=[may(Action.WRITE_BRIEF), Ours])
def delete(front: FrontDep, room: RoomDep, brief_id: str) -> RedirectResponse:
    """Gone at once: writing it again is one click and gives the same."""
    delete_brief(front.bench, room.study_id, brief_id, published=_published(front))
    return RedirectResponse(f"{room.links.study}/briefs", status_code=303)


def _writing(front: Front, study_id: str, job_id: str) -> Job | None:
    """The job that writes briefs of this study; None for any other."""
    job = front.desk.get(job_id)
    return job if job.kind is JobKind.BRIEF and job.study_id == study_id else None


def _found(front: Front, study_id: str, brief_id: str) -> tuple[Brief, str, Ground]:
    """The brief, and why it is stale where it is. Whoever reads it: its quotes were all given for marketing."""
    ground = load_ground(front.bench, study_id)
    found = get_brief(ground, brief_id, published=_published(front))
    why = stale_briefs(ground, [found]).get(found.id)
    return found, why.why if why else "", ground
