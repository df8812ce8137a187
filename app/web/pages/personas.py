"""Personas: the cast as cards, one persona with everything behind it, and how its versions differ."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.access.principal import Sight
from app.errors import NotFound
from app.models.claim import Claim
from app.models.persona import Persona
from app.models.review import ClaimReview
from app.synthesis.releasing import publications
from app.synthesis.versions import delta, versions_of
from app.web.cards import cards, groups_undrafted
from app.web.comparing import changes, rows
from app.web.front import FrontDep, RoomDep
from app.web.showing import show_persona

router = APIRouter()


@router.get("/studies/{study_id}/personas", dependencies=[may(Action.READ_PERSONAS)])
def personas(front: FrontDep, room: RoomDep) -> HTMLResponse:
    return front.show_in(
        room, "personas.html.j2", here="personas",
        groups=cards(room, publications(front.bench, room.study_id)), undrafted=groups_undrafted(room),
    )  # fmt: skip


@router.get("/studies/{study_id}/personas/{persona_id}", dependencies=[may(Action.READ_PERSONAS)])
def persona(front: FrontDep, room: RoomDep, persona_id: str) -> HTMLResponse:
    return show_persona(front, room, persona_id)


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
    with front.bench.store.transaction() as tx:
        decided = tx.reviews.all(room.study_id).get(persona_id, {})
    public = publications(front.bench, room.study_id).get(persona_id)
    change = delta(old, new) if old else None
    return front.show_in(
        room, "versions.html.j2", here="personas",
        kept=kept, persona=kept[-1], old=old, new=new, delta=change, rows=rows(kept, public),
        changes=changes(change, decided) if change else {}, decisions=_decisions(kept, decided),
    )  # fmt: skip


def _decisions(kept: Sequence[Persona], decided: Mapping[str, ClaimReview]) -> list[tuple[Claim, ClaimReview]]:
    """What people decided about claims of any version, the latest first."""
    claims = {claim.id: claim for one in kept for claim in one.grounded_claims()}
    found = [(claims[one.claim_id], one) for one in decided.values() if one.claim_id in claims]
    return sorted(found, key=lambda pair: pair[1].review.mark.rpartition(" ")[2], reverse=True)
