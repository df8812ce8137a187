"""Outcomes: what became of what was written, added as a table and removed."""

from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from app.access.action import Action
from app.access.permission import may
from app.access.principal import Sight
from app.api.uploaded import name_of
from app.errors import BadInput
from app.outcomes.keeping import clear_outcomes, import_outcomes, list_outcomes
from app.outcomes.rates import measure
from app.web.front import FrontDep, Ours, RoomDep

router = APIRouter()
OUTCOMES = "/studies/{study_id}/outcomes"


@router.get(OUTCOMES, dependencies=[may(Action.READ_PERSONAS)])
def outcomes(front: FrontDep, room: RoomDep, rows: int = 0, replaced: int = 0) -> HTMLResponse:
    """`rows` were just imported, `replaced` of them in the place of earlier ones."""
    kept = list_outcomes(front.bench, room.study_id)
    found = [one for one in kept if one.persona_id in room.persona_by_id]
    # A writer does not learn of personas that are not published.
    gone = 0 if front.you.sight is Sight.PUBLISHED else len(kept) - len(found)
    return front.show_in(
        room, "outcomes.html.j2", here="outcomes", measured=measure(found), rows=rows, replaced=replaced, gone=gone,
        names={id: one.name for id, one in room.persona_by_id.items()},
    )  # fmt: skip


@router.post(OUTCOMES, dependencies=[may(Action.RECORD_OUTCOMES), Ours])
def add(front: FrontDep, room: RoomDep, file: Annotated[UploadFile, File()]) -> RedirectResponse:
    if not file.filename:
        raise BadInput("No file was chosen. Choose a table of outcomes, then add it.")
    done = import_outcomes(front.bench, room.study_id, file.file.read(), name_of(file))
    told = f"?rows={done.rows}&replaced={done.replaced}"
    return RedirectResponse(f"{room.links.study}/outcomes{told}", status_code=303)


@router.post(f"{OUTCOMES}/clear", dependencies=[may(Action.RECORD_OUTCOMES), Ours])
def clear(front: FrontDep, room: RoomDep) -> RedirectResponse:
    clear_outcomes(front.bench, room.study_id)
    return RedirectResponse(f"{room.links.study}/outcomes", status_code=303)
