"""Sources: the table, adding files, and the reader with its evidence beside it."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from app.access.action import Action
from app.access.permission import may
from app.api.limits import limit_of
from app.errors import BadInput
from app.intake.uploads import UploadWishes, keep_upload
from app.models.job import JobKind
from app.web.front import FrontDep, Ours, RoomDep, is_partial
from app.web.kept_pages import FLEETING
from app.web.pages.jobs import to_job, told, under_way
from app.web.reader import read_view, told_before
from app.web.reading import PLACE, sought, source_rows
from retrieval.evidence import SourceKind

router = APIRouter()


@router.get("/studies/{study_id}/sources", dependencies=[may(Action.READ_SOURCES)])
def sources(front: FrontDep, room: RoomDep) -> HTMLResponse:
    now = under_way(front, room.study_id)
    answer = front.show_in(
        room, "sources.html.j2", here="sources",
        rows=source_rows(room), now=now, limit=limit_of(front.bench.settings),
    )  # fmt: skip
    if now:
        answer.headers[FLEETING] = "a job is under way"
    return answer


@router.post("/studies/{study_id}/sources", dependencies=[may(Action.IMPORT), Ours])
def add(
    request: Request,
    front: FrontDep,
    study_id: str,
    files: Annotated[list[UploadFile], File(max_length=5000)],
    kind: Annotated[str, Form()] = "",
) -> Response:
    """Keep what was sent and let a job import it; its page says what became of each file. A script gets the job as
    a part of its own page."""
    front.bench.study(study_id)
    if kind not in ("", *SourceKind):
        raise BadInput(f"“{kind}” is no kind of source. Choose interview or note.")
    sent = [(one.filename, one.file) for one in files if one.filename]
    if not sent:
        raise BadInput("No file was chosen. Choose transcripts, notes or tables, then add them.")
    desk, settings = front.desk, front.bench.settings
    wishes = UploadWishes(kind=SourceKind(kind) if kind else None)
    upload = keep_upload(settings, study_id, sent, wishes, limit_of(settings))
    job = desk.start(JobKind.INGEST, study_id, by=front.you.name, upload=upload.id)
    return told(front, job, whole=True) if is_partial(request) else to_job(job)


@router.get("/studies/{study_id}/sources/{source_id}", dependencies=[may(Action.READ_SOURCES)])
def source(
    request: Request,
    front: FrontDep,
    room: RoomDep,
    source_id: str,
    quote: Annotated[str, Query(pattern=PLACE)] = "",
    did: Annotated[str, Query(max_length=2000)] = "",
) -> HTMLResponse:
    """The reader; `quote` is the stretch somebody followed a link to, `did` what was just decided about it. htmx asks
    for what is known of the stretch alone."""
    view = read_view(front, room, source_id, sought(quote), told_before(front, room.study_id, did))
    if is_partial(request):
        return front.show("chosen.html.j2", room=room, **view)
    return front.show_in(room, "source.html.j2", here="sources", **view)
