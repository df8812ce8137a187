"""Participants: the table, consent, and erasing somebody or a source after a look at what goes."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from app.access.action import Action
from app.access.permission import may
from app.errors import BadInput
from app.intake.consent import set_consent
from app.intake.erasure import erase_participant, erase_source, preview_erasure, preview_removal
from app.models.erasure import ErasurePreview
from app.web.front import FrontDep, Ours, RoomDep
from app.web.people_table import person_rows
from app.web.trail import about
from retrieval.evidence import Consent

router = APIRouter()
Chosen = Annotated[str, Query(max_length=200)]


@router.get("/studies/{study_id}/participants", dependencies=[may(Action.READ_SOURCES)])
def participants(front: FrontDep, room: RoomDep) -> HTMLResponse:
    return front.show_in(room, "participants.html.j2", here="participants", rows=person_rows(room))


@router.post("/studies/{study_id}/consent", dependencies=[may(Action.IMPORT), Ours])
def consent(
    request: Request, front: FrontDep, room: RoomDep, study_id: str,
    participant: Annotated[str, Form(max_length=200)], consent: Annotated[str, Form(max_length=40)],
) -> Response:  # fmt: skip
    """What they agreed to; withdrawal leads to the preview of what goes."""
    if consent == Consent.WITHDRAWN:
        raise BadInput("Whoever withdraws is erased with all they said. Choose “Erase” beside them to see what goes.")
    if consent not in list(Consent):
        raise BadInput("Choose research, or research and marketing.")
    about(request, participant=participant)
    set_consent(front.bench, study_id, participant, Consent(consent))
    return RedirectResponse(f"{room.links.study}/participants", status_code=303)


@router.get("/studies/{study_id}/erasure", dependencies=[may(Action.ERASE)])
def preview(front: FrontDep, room: RoomDep, participant: Chosen = "", source: Chosen = "") -> HTMLResponse:
    """What goes with a participant or a source. It counts files too: those come and go with jobs and with writes to the
    database, and either lets the page be made anew."""
    found, name = _preview(front, room, participant, source)
    return front.show_in(room, "erasure.html.j2", here="participants", gone=found, name=name, wrong="")


@router.post("/studies/{study_id}/erasure", dependencies=[may(Action.ERASE), Ours])
def erase(
    request: Request, front: FrontDep, room: RoomDep, study_id: str,
    participant: Annotated[str, Form(max_length=200)] = "", source: Annotated[str, Form(max_length=200)] = "",
    typed: Annotated[str, Form(max_length=400)] = "",
) -> HTMLResponse:  # fmt: skip
    """Erase, where the name was typed as it is shown; the answer is the receipt, which is kept nowhere."""
    found, name = _preview(front, room, participant, source)
    if typed.strip() != name:
        wrong = f"Nothing was erased: what you typed is not {name}."
        return front.show_in(
            room, "erasure.html.j2", here="participants", status=422, gone=found, name=name, wrong=wrong
        )
    about(request, participant=participant, source=source)
    bench = front.bench
    receipt = erase_participant(bench, study_id, participant) if participant else erase_source(bench, study_id, source)
    fresh = front.rooms.room(study_id, front.you.sight)
    return front.show_in(fresh, "erased.html.j2", here="participants", receipt=receipt, name=name)


def _preview(front: FrontDep, room: RoomDep, participant: str, source: str) -> tuple[ErasurePreview, str]:
    """What goes, and the name to be typed."""
    if bool(participant) == bool(source):
        raise BadInput("Say what goes: a participant or a source. Choose it on the pages Participants or Sources.")
    if participant:
        return preview_erasure(front.bench, room.study_id, participant), participant
    found = preview_removal(front.bench, room.study_id, source)
    return found, found.sources[0].name.rsplit("/", 1)[-1]
