"""Personas: the cast as cards, one persona with everything behind it, and how its versions differ."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.access.principal import Sight
from app.errors import NotFound
from app.models.persona import MicroPersona
from app.playbook.compare import compare
from app.playbook.view import CompareView
from app.synthesis.versions import delta, versions_of
from app.web.cards import cards
from app.web.front import FrontDep, RoomDep
from app.web.rooms import Room

router = APIRouter()


@router.get("/studies/{study_id}/personas", dependencies=[may(Action.READ_PERSONAS)])
def personas(front: FrontDep, room: RoomDep) -> HTMLResponse:
    return front.show_in(room, "personas.html.j2", here="personas", groups=cards(room))


@router.get("/studies/{study_id}/personas/{persona_id}", dependencies=[may(Action.READ_PERSONAS)])
def persona(front: FrontDep, room: RoomDep, persona_id: str) -> HTMLResponse:
    found = room.persona_by_id.get(persona_id)
    if found is None:
        raise NotFound("persona", persona_id, "It may have been drafted anew: see the personas as they stand")
    macro = room.macro_of(found)
    shared = {"made": room.cast.provenance, "persona": found, "macro": macro}
    if isinstance(found, MicroPersona) and macro:
        view = next(one for one in macro.micros if one.ref == room.refs[persona_id])
        side = _beside_core(room, found)
        return front.show_in(room, "micro.html.j2", here="personas", one=view, compare=side, **shared)
    if macro:
        return front.show_in(room, "macro.html.j2", here="personas", one=macro, compare=macro.compare, **shared)
    aside = next(one for one in room.beside if one.ref == room.refs[persona_id])
    return front.show_in(room, "beside.html.j2", here="personas", one=aside, **shared)


def _beside_core(room: Room, micro: MicroPersona) -> CompareView:
    """The core persona and this one of its micro personas, field by field."""
    desk = room.desk
    core = next(one for one in room.cast.macros if one.id == micro.parent_macro_id)
    return compare((core, desk.writers[core.id]), [(micro, desk.writers[micro.id])], desk.fields(micro.kind))


@router.get("/studies/{study_id}/personas/{persona_id}/versions", dependencies=[may(Action.READ_PERSONAS)])
def versions(front: FrontDep, room: RoomDep, persona_id: str, before: int = 0, after: int = 0) -> HTMLResponse:
    """What changed between two versions; the last two unless others are asked for."""
    kept = versions_of(front.bench, room.study_id, persona_id)
    if front.you.sight is Sight.PUBLISHED:
        kept = [one for one in [room.persona_by_id.get(persona_id)] if one]
    if not kept:
        raise NotFound("persona", persona_id, "It may not be published yet")
    numbers = {one.version: one for one in kept}
    new = numbers.get(after, kept[-1])
    older = [one for one in kept if one.version < new.version]
    old = numbers.get(before) or (older[-1] if older else None)
    return front.show_in(
        room, "versions.html.j2", here="personas",
        kept=kept, persona=kept[-1], old=old, new=new, delta=delta(old, new) if old else None,
    )  # fmt: skip
