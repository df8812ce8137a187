"""Claim: one sentence of a persona, the atom of everything we say; and what holds it up."""

from datetime import datetime
from enum import StrEnum

from pydantic import model_validator

from app.models.base import Model
from retrieval.evidence import Quote


class Status(StrEnum):
    OBSERVED = "observed"
    INFERRED = "inferred"
    NO_EVIDENCE = "no_evidence"


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class ReviewState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


class Review(Model):
    state: ReviewState = ReviewState.PROPOSED
    by: str | None = None
    at: datetime | None = None

    @property
    def mark(self) -> str:
        """Tells this decision from any other: whoever decides says by it what they have seen."""
        return f"{self.state} {self.at.isoformat() if self.at else ''}".strip()


class Citation(Quote):
    """A claim's pointer to a piece of evidence. `text` is rendered from the source.

    `coded_by` is the person who gave the code the claim rests on; empty where the engine did.
    """

    evidence_id: str
    coded_by: str = ""
    stance: Stance = Stance.SUPPORTS


class Support(Model):
    """`k` of the `n` people the claim is about said it."""

    k: int
    n: int


class Gap(Model):
    """What is missing before a field can say something, and the question that would close it."""

    found: int
    needed: int
    ask_next: str


class Claim(Model):
    """One sentence. Observed and inferred claims cite; a claim without evidence says what to ask."""

    id: str
    field: str
    text: str
    status: Status
    citations: list[Citation] = []
    support: Support
    confidence: float
    coder: str
    theme_id: str | None = None
    gap: Gap | None = None
    review: Review = Review()

    @model_validator(mode="after")
    def _grounded_or_silent(self) -> "Claim":
        if self.status is Status.NO_EVIDENCE:
            if self.citations or self.gap is None:
                raise ValueError("a claim without evidence carries a gap and no citation")
        elif not self.supporting:
            raise ValueError("a claim needs at least one citation that supports it")
        return self

    @property
    def supporting(self) -> list[Citation]:
        return [c for c in self.citations if c.stance is Stance.SUPPORTS]

    @property
    def contradicting(self) -> list[Citation]:
        return [c for c in self.citations if c.stance is Stance.CONTRADICTS]
