"""Review: people decide about claims, let personas out to those who write, and have them drafted again."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.access.action import OF_JOB, Action
from app.access.permission import may, must_be_allowed
from app.errors import BadInput, Changed
from app.models.claim import ReviewState
from app.models.job import JobKind
from app.synthesis.releasing import publish_persona, take_back_persona
from app.synthesis.reviewing import review_claim
from app.synthesis.staleness import jobs_to_redraft
from app.web.front import Front, FrontDep, Ours, RoomDep, is_partial
from app.web.judging import MADE, Undo, find_claim, view_of
from app.web.rooms import Room
from app.web.showing import persona_in, show_claim, show_persona
from app.web.trail import nothing_changed

router = APIRouter(prefix="/studies/{study_id}")
CLAIM = "/personas/{persona_id}/claims/{claim_id}"
# What a key or a double click may not start twice.
REDRAFTING = (JobKind.RUN, JobKind.SEGMENT, JobKind.DRAFT)


@router.get(CLAIM, dependencies=[may(Action.REVIEW)])
def claim(
    request: Request, front: FrontDep, room: RoomDep, persona_id: str, claim_id: str, edit: bool = False
) -> HTMLResponse:
    """One claim, with `edit` as a form; the whole page where no script puts it in its place."""
    editing = claim_id if edit else ""
    if is_partial(request):
        return show_claim(front, room, persona_id, claim_id, editing=editing)
    return show_persona(front, room, persona_id, editing=editing)


@router.post(f"{CLAIM}/review", dependencies=[may(Action.REVIEW), Ours])
def review(
    request: Request, front: FrontDep, room: RoomDep, persona_id: str, claim_id: str,
    state: Annotated[str, Form()], text: Annotated[str, Form()] = "", seen: Annotated[str | None, Form()] = None,
) -> Response:  # fmt: skip
    """Save what somebody decided, by what they had `seen`; who comes too late is shown what others decided."""
    if state not in list(ReviewState):
        raise BadInput(f"“{state}” is no decision. Accept, edit or reject the claim.")
    view = view_of(room, persona_in(room, persona_id))
    before, _ = find_claim(view, claim_id)
    decided, part = ReviewState(state), is_partial(request)
    try:
        words = text if decided is ReviewState.EDITED else None
        review_claim(
            front.bench, room.study_id, persona_id, claim_id, decided, by=front.you.name, text=words, seen=seen
        )
    except Changed as error:
        if part:
            nothing_changed(request)
            return show_claim(front, _again(front, room.study_id), persona_id, claim_id, told=str(error))
        return show_persona(front, _again(front, room.study_id), persona_id, notice=str(error), status=409)
    if not part:
        return RedirectResponse(f"{room.links.persona(persona_id)}#{before.anchor}", status_code=303)
    undo = Undo.to(before.decision, before.text) if decided is not before.decision.state else None
    return show_claim(front, _again(front, room.study_id), persona_id, claim_id, told=MADE[decided], undo=undo)


@router.post("/personas/{persona_id}/publication", dependencies=[may(Action.PUBLISH), Ours])
def publish(
    front: FrontDep, room: RoomDep, persona_id: str, version: Annotated[int | None, Form()] = None
) -> RedirectResponse:
    publish_persona(front.bench, room.study_id, persona_id, by=front.you.name, version=version)
    return _to(room.links.persona(persona_id), "#published")


@router.post("/personas/{persona_id}/publication/take-back", dependencies=[may(Action.PUBLISH), Ours])
def take_back(front: FrontDep, room: RoomDep, persona_id: str) -> RedirectResponse:
    take_back_persona(front.bench, room.study_id, persona_id)
    there = persona_id in room.persona_by_id
    return _to(room.links.persona(persona_id) if there else f"{room.links.study}/personas", "#published")


@router.post("/redraft", dependencies=[may(Action.DRAFT), Ours])
def redraft(request: Request, front: FrontDep, study_id: str) -> RedirectResponse:
    """Have the personas drafted again, from whatever has changed: new words, new codes, or other segments. Forbidden
    where that takes more than drafting, and they may not do more."""
    front.bench.study(study_id)
    under_way = [one.kind for one in front.desk.all(study_id) if not one.state.ended]
    if any(kind in REDRAFTING for kind in under_way):
        nothing_changed(request)
    else:
        kinds = jobs_to_redraft(front.bench, study_id)
        for kind in kinds:
            must_be_allowed(front.you, OF_JOB[kind])
        for kind in kinds:
            front.desk.start(kind, study_id, by=front.you.name)
    return _to(f"/studies/{study_id}/jobs")


def _again(front: Front, study_id: str) -> Room:
    """The study as it is now, after somebody wrote."""
    return front.rooms.room(study_id, front.you.sight)


def _to(address: str, fragment: str = "") -> RedirectResponse:
    return RedirectResponse(address + fragment, status_code=303)
