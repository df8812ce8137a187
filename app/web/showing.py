"""Showing: a persona as a page of its own, or one of its claims alone, for htmx to put in its place."""

from fastapi.responses import HTMLResponse

from app.errors import NotFound
from app.models.persona import MicroPersona, Persona
from app.outcomes.rates import measure
from app.playbook.compare import compare
from app.playbook.view import CompareView
from app.synthesis.releasing import publications
from app.web.front import Front
from app.web.judging import Undo, find_claim, progress, view_of
from app.web.rooms import Room


def persona_in(room: Room, persona_id: str) -> Persona:
    found = room.persona_by_id.get(persona_id)
    if found is None:
        raise NotFound("persona", persona_id, "It may have been drafted anew: see the personas as they stand")
    return found


def show_persona(
    front: Front, room: Room, persona_id: str, *, editing: str = "", notice: str = "", status: int = 200
) -> HTMLResponse:
    """The whole page; `editing` is the claim whose words are being changed, `notice` what could not be done."""
    persona, view = (found := persona_in(room, persona_id)), view_of(room, found)
    macro = room.macro_of(persona)
    template, beside = "beside.html.j2", None
    if isinstance(persona, MicroPersona) and macro:
        template, beside = "micro.html.j2", _beside_core(room, persona)
    elif macro:
        template, beside = "macro.html.j2", macro.compare
    with front.bench.store.transaction() as tx:
        written = [one for one in tx.outcomes.all(room.study_id) if one.persona_id == persona_id]
    return front.show_in(
        room, template, here="personas", status=status, measured=measure(written), names=None,
        one=view, compare=beside, macro=macro, made=room.cast.provenance, persona=persona,
        reviewed=progress(view), editing=editing, notice=notice,
        stale=next((one.why for one in room.cast.stale if one.persona_id == persona_id), ""),
        published=publications(front.bench, room.study_id).get(persona_id),
    )  # fmt: skip


def show_claim(
    front: Front, room: Room, persona_id: str, claim_id: str,
    *, editing: str = "", told: str = "", undo: Undo | None = None,
) -> HTMLResponse:  # fmt: skip
    """One claim, and how far the review is; `told` is said aloud, and offers to `undo`."""
    persona = persona_in(room, persona_id)
    view = view_of(room, persona)
    claim, difference = find_claim(view, claim_id)
    return front.show(
        "claim.html.j2", room=room, persona=persona, claim=claim, difference=difference,
        reviewed=progress(view), editing=editing, told=told, undo=undo,
    )  # fmt: skip


def _beside_core(room: Room, micro: MicroPersona) -> CompareView:
    """The core persona and this one of its micro personas, field by field."""
    desk = room.desk
    core = next(one for one in room.cast.macros if one.id == micro.parent_macro_id)
    return compare((core, desk.writers[core.id]), [(micro, desk.writers[micro.id])], desk.fields(micro.kind))
