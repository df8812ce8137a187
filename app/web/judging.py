"""Judging: the claims of a persona as its page shows them, how many somebody has looked at, and which is next."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import NotFound
from app.models.claim import Review, ReviewState
from app.models.persona import Persona
from app.playbook.view import BesideView, ClaimView, DifferenceView, MacroView, MicroView
from app.web.rooms import Room

View = MacroView | MicroView | BesideView
# How a decision is told when it was just made.
MADE = {
    ReviewState.ACCEPTED: "Accepted.",
    ReviewState.EDITED: "Saved in your words.",
    ReviewState.REJECTED: "Rejected.",
    ReviewState.PROPOSED: "Taken back.",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """`next` is the anchor of the first claim nobody has looked at; empty where there is none left."""

    done: int
    total: int
    next: str


def view_of(room: Room, persona: Persona) -> View:
    """The persona's view, whatever its kind."""
    ref = room.refs[persona.id]
    views: list[View] = [*room.macros, *(micro for macro in room.macros for micro in macro.micros), *room.beside]
    return next(one for one in views if one.ref == ref)


def progress(view: View) -> Progress:
    claims = [claim for claim, _ in claims_in(view)]
    open_ = [claim.anchor for claim in claims if claim.decision.state is ReviewState.PROPOSED]
    return Progress(len(claims) - len(open_), len(claims), next(iter(open_), ""))


def claims_in(view: View) -> Iterator[tuple[ClaimView, DifferenceView | None]]:
    """Every claim down the page, once; with what it is compared to where it sets a micro persona apart."""
    if isinstance(view, MicroView):
        yield from ((item.claim, item) for item in view.differences)
    for field in view.further if isinstance(view, MicroView) else view.fields:
        yield from ((claim, None) for claim in field.claims)
    if isinstance(view, MacroView):
        yield from ((claim, None) for claim in view.stakes)


def find_claim(view: View, claim_id: str) -> tuple[ClaimView, DifferenceView | None]:
    """NotFound where the page shows no such claim."""
    for claim, difference in claims_in(view):
        if claim.id == claim_id:
            return claim, difference
    raise NotFound("claim", claim_id, "It may have been drafted anew since: open the persona again")


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes a decision back that was just made: the state before, and its words where it was edited."""

    state: ReviewState
    text: str

    @classmethod
    def to(cls, before: Review, words: str) -> "Undo":
        return cls(before.state, words if before.state is ReviewState.EDITED else "")
