"""Cards: every persona of a study in a few lines, in groups that belong together."""

from dataclasses import dataclass

from app.models.claim import Claim
from app.models.persona import MicroPersona, Persona
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


@dataclass(frozen=True, slots=True)
class CardGroup:
    """A core persona with its micro personas, or those that stand beside the tree."""

    title: str
    lead: Card | None
    cards: list[Card]


def cards(room: Room) -> list[CardGroup]:
    groups = [
        CardGroup(macro.name, _card(room, macro), [_card(room, micro) for micro in room.cast.micros_of(macro)])
        for macro in room.cast.macros
    ]
    beside = [_card(room, persona) for persona in room.cast.beside]
    return [*groups, *([CardGroup("Beside the tree", None, beside)] if beside else [])]


def _card(room: Room, persona: Persona) -> Card:
    claims = shown(persona.claims())
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
        claims=len({claim.id for claim in claims}),
        gaps=sum(claim.gap is not None for claim in persona.claims()),
        against=sum(bool(claim.contradicting) for claim in claims),
        stale=stale,
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
