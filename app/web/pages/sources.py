"""Sources: the table, adding files, and the reader with its evidence beside it."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.errors import BadInput
from app.intake.ingest import ingest
from app.web.front import FrontDep, Ours, RoomDep, is_partial
from app.web.reader import read_view, told_before
from app.web.reading import PLACE, sought, source_rows
from app.web.uploads import keep_all
from retrieval.evidence import SourceKind

router = APIRouter()


@router.get("/studies/{study_id}/sources", dependencies=[may(Action.READ_SOURCES)])
def sources(front: FrontDep, room: RoomDep) -> HTMLResponse:
    return front.show_in(room, "sources.html.j2", here="sources", rows=source_rows(room), report=None)


@router.post("/studies/{study_id}/sources", dependencies=[may(Action.IMPORT), Ours])
def add(
    request: Request,
    front: FrontDep,
    study_id: str,
    files: Annotated[list[UploadFile], File()],
    kind: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Import what was sent; the page says what became of each file. A script sends them one by one, and gets
    only the report."""
    front.bench.study(study_id)
    if kind not in ("", *SourceKind):
        raise BadInput(f"“{kind}” is no kind of source. Choose interview or note.")
    with tempfile.TemporaryDirectory(prefix="dramatis-") as folder:
        kept = keep_all(files, Path(folder))
        report = ingest(front.bench, study_id, kept, kind=SourceKind(kind) if kind else None)
    if is_partial(request):
        return front.show("report.html.j2", report=report)
    room = front.rooms.room(study_id, front.you.sight)
    return front.show_in(room, "sources.html.j2", here="sources", rows=source_rows(room), report=report)


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
