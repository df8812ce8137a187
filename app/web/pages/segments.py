"""Segments: the tree as a picture, who belongs where and why, what sets each apart, contrast pairs; and their shaping:
people are moved and locked, segments named, merged and split, and every decision can be taken back."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.access.action import Action
from app.access.permission import may
from app.errors import BadInput, Conflict, NotFound
from app.models.reshaping import Change
from app.synthesis.reshaping import Wish, told
from app.synthesis.shaping import SEGMENTS, decisions_about, shape_segments, take_back_segments
from app.web.cards import groups_undrafted
from app.web.dividing import groups, homes, locked, outside, picture
from app.web.front import Front, FrontDep, Ours, RoomDep, is_partial
from app.web.rooms import Room

router = APIRouter(prefix="/studies/{study_id}/segments")
Several = Annotated[list[str], Form()]


@router.get("", dependencies=[may(Action.READ_STUDY)])
def segments(front: FrontDep, room: RoomDep, done: int = 0) -> HTMLResponse:
    """`done` is the decision that was just made; the page offers to take it back."""
    return _page(front, room, done=done)


def _page(
    front: Front, room: Room, *, person: str = "", shape: str = "", done: int = 0, notice: str = "", status: int = 200
) -> HTMLResponse:
    contrasts = [pair for macro in room.macros for micro in macro.micros for pair in micro.contrast]
    decisions = decisions_about(front.bench, room.study_id, SEGMENTS)
    return front.show_in(
        room, "segments.html.j2", here="segments", status=status,
        tree=picture(room), groups=groups(room), outside=outside(room), contrasts=contrasts,
        notes=room.cast.segments.notes, method=room.cast.segments.method,
        decisions=[(one, told(one)) for one in reversed(decisions)], undrafted=groups_undrafted(room),
        homes=homes(room), kept=locked(room, decisions), person=person, shape=shape,
        done=next((one for one in decisions if one.number == done), None), notice=notice,
    )  # fmt: skip


@router.get("/people/{person}", dependencies=[may(Action.SHAPE)])
def menu(request: Request, front: FrontDep, room: RoomDep, person: str) -> HTMLResponse:
    """Where somebody can be placed; the whole page where no script puts it in its place."""
    if person not in room.material.interviewed:
        raise NotFound("participant", person, "They may have withdrawn since")
    if not is_partial(request):
        return _page(front, room, person=person)
    return front.show(
        "place.html.j2", room=room, groups=groups(room), homes=homes(room), person=person,
        kept=locked(room, decisions_about(front.bench, room.study_id, SEGMENTS)),
    )  # fmt: skip


@router.get("/{segment_id}/shape", dependencies=[may(Action.SHAPE)])
def shape(request: Request, front: FrontDep, room: RoomDep, segment_id: str) -> HTMLResponse:
    """The forms to name, merge and split a segment."""
    found = next((one for one in groups(room) if one.id == segment_id), None)
    if found is None:
        raise NotFound("segment", segment_id, "It may have been shaped anew since: open the page again")
    if not is_partial(request):
        return _page(front, room, shape=segment_id)
    return front.show("shape.html.j2", room=room, group=found)


@router.post("/decisions", dependencies=[may(Action.SHAPE), Ours])
def decide(
    front: FrontDep, room: RoomDep, change: Annotated[str, Form()],
    segment: Several = [], person: Several = [], name: Annotated[str, Form(max_length=200)] = "",  # noqa: B006
) -> Response:  # fmt: skip
    """Carry a decision out; one that would break a rule is refused on the page, in words."""
    if change not in list(Change):
        raise BadInput(f"“{change}” is nothing that can be done with segments.")
    try:
        shape_segments(front.bench, room.study_id, [Wish(Change(change), segment, person, name)], front.you.name)
    except (BadInput, NotFound) as error:
        return _page(front, room, notice=str(error), status=422)
    newest = max(one.number for one in decisions_about(front.bench, room.study_id, SEGMENTS))
    return RedirectResponse(f"{room.links.study}/segments?done={newest}", status_code=303)


@router.post("/decisions/{number}/take-back", dependencies=[may(Action.SHAPE), Ours])
def take_back(front: FrontDep, room: RoomDep, number: int) -> Response:
    try:
        take_back_segments(front.bench, room.study_id, number)
    except Conflict as error:
        return _page(front, room, notice=str(error), status=409)
    return RedirectResponse(f"{room.links.study}/segments#decisions", status_code=303)
