"""Cards: every persona of a study in a few lines, in groups that belong together."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.claim import Claim, ReviewState
from app.models.persona import MicroPersona, Persona
from app.models.publication import Publication
from app.playbook.order import shown
from app.web.rooms import Room

KINDS = {"macro": "Core persona", "micro": "Micro persona", "customer": "Customer persona",
         "candidate": "Candidate persona", "negative": "Poor fit"}  # fmt: skip
# How many of its sentences a card tells.
TOLD = 3


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    ref: str
    kind: str
    name: str
    summary: str
    n: int
    people: list[str]
    told: list[Claim]
    claims: int
    gaps: int
    against: int
    stale: str
    reviewed: int
    published: str


@dataclass(frozen=True, slots=True)
class CardGroup:
    """A core persona with its micro personas, or those that stand beside the tree."""

    title: str
    lead: Card | None
    cards: list[Card]


def cards(room: Room, out: Mapping[str, Publication]) -> list[CardGroup]:
    """`out` is what was published, by the persona's id."""
    groups = [
        CardGroup(
            macro.name, _card(room, macro, out), [_card(room, micro, out) for micro in room.cast.micros_of(macro)]
        )
        for macro in room.cast.macros
    ]
    beside = [_card(room, persona, out) for persona in room.cast.beside]
    return [*groups, *([CardGroup("Beside the tree", None, beside)] if beside else [])]


def groups_undrafted(room: Room) -> list[str]:
    """Segments made or changed since the last draft, which no persona stands for and none was refused for."""
    stood_for = {one.segment_id for one in room.cast.personas} | {one.segment_id for one in room.cast.refused}
    return [one.name for one in room.cast.segments.drafted if one.id not in stood_for]


def _card(room: Room, persona: Persona, out: Mapping[str, Publication]) -> Card:
    claims, order = shown(persona.claims()), room.desk.orders[persona.id].numbers
    decided = {one.id for one in persona.claims() if one.review.state is not ReviewState.PROPOSED}
    public = out.get(persona.id)
    stale = next((one.why for one in room.cast.stale if one.persona_id == persona.id), "")
    return Card(
        id=persona.id,
        ref=room.refs[persona.id],
        kind=KINDS[persona.kind],
        name=persona.name,
        summary=persona.summary,
        n=persona.sample.n,
        people=persona.sample.participants,
        told=_telling(persona),
        claims=len(order),
        gaps=sum(claim.gap is not None for claim in persona.claims()),
        against=sum(bool(claim.contradicting) for claim in claims),
        stale=stale,
        reviewed=len(decided & order.keys()),
        published=f"published, version {public.version}" if public else "",
    )


def _telling(persona: Persona) -> list[Claim]:
    """What is most its own: differences of a micro persona, else what most of its people say."""
    if isinstance(persona, MicroPersona):
        return shown(item.claim for item in persona.differs_from_core)[:TOLD]
    claims = [claim for claim in shown(persona.claims()) if claim.field != "table_stakes"]
    told: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: (-claim.support.k, -claim.confidence)):
        told.setdefault(claim.theme_id or claim.id, claim)
    return list(told.values())[:TOLD]
