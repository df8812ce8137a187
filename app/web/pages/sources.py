"""Sources: the table, adding files, and the reader with its evidence beside it."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.access.principal import Sight
from app.access.veil import must_open
from app.errors import BadInput, NotFound
from app.intake.ingest import ingest
from app.web.front import FrontDep, Ours, RoomDep, is_partial
from app.web.pictures import source_map
from app.web.reading import PLACE, families_here, said_in, sought, source_rows
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
    front: FrontDep,
    room: RoomDep,
    source_id: str,
    quote: Annotated[str, Query(pattern=PLACE)] = "",
) -> HTMLResponse:
    """The reader; `quote` is the stretch somebody followed a link to."""
    found = room.material.source_by_id.get(source_id)
    if found is None:
        raise NotFound("source", source_id, "It may have been replaced by a newer version, or withdrawn")
    must_open(found, None if front.you.sight is Sight.ALL else room.open_to_all)
    evidence = room.evidence_of.get(source_id, [])
    return front.show_in(
        room, "source.html.j2", here="sources",
        source=found, transcript=room.transcript(found, sought(quote)), blocks=source_map(found, evidence),
        said=said_in(room, found), families=families_here(evidence),
        people=[room.material.person_by_id[one] for one in found.participant_ids if one in room.material.person_by_id],
    )  # fmt: skip
