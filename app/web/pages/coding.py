"""Coding by hand in the pages: words marked in a transcript, codes of a piece of evidence, and undoing both."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from app.access.action import Action
from app.access.permission import may
from app.errors import BadInput, NotFound
from app.models.coding import HumanCode
from app.models.evidence import Evidence
from app.synthesis.human_coding import Wanted
from app.synthesis.undoing import decide_noting, read_before, take_back
from app.web.choosing import Told, code_choices, told
from app.web.front import Front, FrontDep, Ours, RoomDep, is_partial
from app.web.reader import read_view
from app.web.reading import said
from app.web.rooms import Room
from retrieval.evidence import Quote, Span

router = APIRouter()
Codes = Annotated[list[str], Form()]
Offset = Annotated[int | None, Form(ge=0, le=10**9)]


@router.post("/studies/{study_id}/sources/{source_id}/codes", dependencies=[may(Action.CODE), Ours])
def code_words(
    request: Request, front: FrontDep, study_id: str, source_id: str,
    words: Annotated[str, Form(max_length=50_000)] = "",
    start: Offset = None, end: Offset = None,
    add: Codes = [], remove: Codes = [], had: Codes = [], code: Codes = [],  # noqa: B006  (FastAPI copies them)
    whole: Annotated[bool, Form()] = False,
) -> Response:  # fmt: skip
    """Codes for the words at a place, or for words that were pasted. With `whole`, `code` are all they shall have, and
    `had` what they had when the form was shown."""
    span = Span(start=start, end=max(start, end)) if start is not None and end is not None else None
    given = [*add, *(one for one in code if one not in had)]
    taken = [*remove, *(one for one in had if one not in code)] if whole else remove
    if not (given or taken):
        raise BadInput("No code was chosen. Choose at least one, or take one away.")
    wanted = Wanted(words, source_id, span=span)
    made, before = decide_noting(front.bench, study_id, wanted, front.you.name, add=given, remove=taken)
    return _at_place(request, front, study_id, made[0].quote, told(made, [str(one) for one in before]))


@router.post("/studies/{study_id}/sources/{source_id}/codes/undo", dependencies=[may(Action.CODE), Ours])
def undo(
    request: Request, front: FrontDep, study_id: str, source_id: str, undo: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """Take back what was just decided, as if it had not been."""
    undone = take_back(front.bench, study_id, [read_before(one) for one in undo.split(",")], front.you.name)
    return _at_place(request, front, study_id, undone[0].quote, Told("Undone.", ""))


@router.get("/studies/{study_id}/evidence/{evidence_id}/codes", dependencies=[may(Action.CODE)])
def choose_codes(request: Request, front: FrontDep, room: RoomDep, evidence_id: str) -> Response:
    """The line of a piece of evidence with all codes to choose from; its place in the reader without htmx."""
    one = _evidence(room, evidence_id)
    if not is_partial(request):
        return RedirectResponse(_address(room, one.quote), status_code=303)
    return _line(front, room, one, open=True)


@router.post("/studies/{study_id}/evidence/{evidence_id}/codes", dependencies=[may(Action.CODE), Ours])
def change_codes(
    request: Request, front: FrontDep, room: RoomDep, study_id: str, evidence_id: str,
    code: Codes = [], had: Codes = [],  # noqa: B006
) -> Response:  # fmt: skip
    """Give and take codes of a piece of evidence; where none is left, its words can still be coded again."""
    one = _evidence(room, evidence_id)
    add, remove = [new for new in code if new not in had], [old for old in had if old not in code]
    made: list[HumanCode] = []
    undo: list[str] = []
    if add or remove:
        wanted = Wanted(evidence_id=evidence_id)
        made, before = decide_noting(front.bench, study_id, wanted, front.you.name, add=add, remove=remove)
        undo = [str(each) for each in before]
    after = front.rooms.room(study_id, front.you.sight)
    if not is_partial(request):
        return RedirectResponse(_address(after, one.quote, undo), status_code=303)
    left = next((each for each in after.material.evidence if each.id == evidence_id), None)
    return _line(front, after, left or one, told=told(made, undo), gone=left is None)


def _at_place(request: Request, front: Front, study_id: str, quote: Quote, said: Told) -> Response:
    """The reader at the words; the page as a whole is asked for again, so that reloading it sends nothing."""
    room = front.rooms.room(study_id, front.you.sight)
    address = _address(room, quote, said.undo.split(",") if said.undo else [])
    if not is_partial(request):
        return RedirectResponse(address, status_code=303)
    span = Span(start=quote.start, end=quote.end)
    view = read_view(front, room, quote.source_id, span, said)
    answer = front.show("reading.html.j2", room=room, **view)
    answer.headers["HX-Replace-Url"] = _address(room, quote)
    return answer


def _address(room: Room, quote: Quote, undo: list[str] | None = None) -> str:
    path, _, place = room.links.quote(quote.source_id, quote.start, quote.end).partition("#")
    did = f"&did={'%2C'.join(one.replace('+', '%2B') for one in undo)}" if undo else ""
    return f"{path}{did}#{place}"


def _evidence(room: Room, evidence_id: str) -> Evidence:
    found = next((one for one in room.material.evidence if one.id == evidence_id), None)
    if found is None:
        raise NotFound("piece of evidence", evidence_id, "Its codes may have been taken away since")
    return found


def _line(
    front: Front, room: Room, one: Evidence, *, open: bool = False, told: Told | None = None, gone: bool = False
) -> HTMLResponse:
    choices = code_choices(front.bench.for_study(room.study_id).codebook) if open else []
    return front.show(
        "found_line.html.j2", room=room, one=said(room, one), open=open, told=told, gone=gone, choices=choices
    )
