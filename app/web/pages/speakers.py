"""Speakers: a page that shows what each label of a transcript is taken for, and corrects it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from app.access.action import Action
from app.access.permission import may
from app.errors import BadInput, NotFound
from app.intake.speakers import Part, SpeakerIs, correct_speakers, speakers_of
from app.web.front import FrontDep, Ours, RoomDep
from retrieval.evidence import Source

router = APIRouter()
MOST_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Voice:
    """A label of the transcript with what it is taken for, how often and how much it speaks, and its first words."""

    label: str
    part: Part
    who: str
    turns: int
    share: int
    begins: str


@router.get("/studies/{study_id}/sources/{source_id}/speakers", dependencies=[may(Action.IMPORT)])
def speakers(front: FrontDep, room: RoomDep, source_id: str) -> HTMLResponse:
    """Who speaks, label by label."""
    source = room.material.source_by_id.get(source_id)
    if source is None:
        raise NotFound("source", source_id, "It may have been replaced by a newer version, or withdrawn")
    known = [person.id for person in room.cast.participants]
    return front.show_in(room, "speakers.html.j2", here="sources", source=source, voices=voices(source), known=known)


async def _form(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_form)]


@router.post("/studies/{study_id}/sources/{source_id}/speakers", dependencies=[may(Action.IMPORT), Ours])
def correct(front: FrontDep, room: RoomDep, study_id: str, source_id: str, sent: Sent) -> Response:
    """Read the source anew with what is said of its speakers; back to the reader, or to what is left to say."""
    source = room.material.source_by_id.get(source_id)
    if source is None:
        raise NotFound("source", source_id, "It may have been replaced by a newer version, or withdrawn")
    told = {label: _told(sent, number, label) for number, label in enumerate(speakers_of(source))}
    after, report = correct_speakers(front.bench, study_id, source_id, told)
    lost = [line for line in report.codings if " is lost: " in line]
    if not lost:
        return RedirectResponse(f"{room.links.study}/sources/{after.id}", status_code=303)
    fresh = front.rooms.room(study_id, front.you.sight)
    return front.show_in(fresh, "corrected.html.j2", here="sources", source=after, lost=lost)


def voices(source: Source) -> list[Voice]:
    """In the order of appearance; labels that were put together last."""
    total = max(sum(turn.end - turn.start for turn in source.turns), 1)
    found = []
    for label, one in speakers_of(source).items():
        own = [turn for turn in source.turns if turn.speaker == label]
        said = sum(turn.end - turn.start for turn in own)
        begins = " ".join(max(own, key=lambda turn: turn.end - turn.start).of(source.text).split()) if own else ""
        found.append(Voice(label, one.part, one.who, len(own), int(100 * said / total + 0.5), begins[:MOST_SHOWN]))
    return found


def _told(sent: FormData, number: int, label: str) -> SpeakerIs:
    """What the form says of the label with this number."""
    if sent.get(f"label-{number}") != label:
        raise BadInput("The speakers have changed since the page was shown. Reload it and say it again.")
    part = str(sent.get(f"part-{number}", ""))
    if part not in list(Part):
        raise BadInput(f"Say what “{label}” is: a participant, the interviewer, or somebody's other label.")
    who = {Part.PARTICIPANT: f"who-{number}", Part.SAME: f"same-{number}"}.get(Part(part))
    return SpeakerIs(part=Part(part), who=str(sent.get(who, "")).strip() if who else "")
