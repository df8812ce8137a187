"""Verdict: how well evidence carries a claim, and what is wrong with it in words."""

from enum import StrEnum

from app.models.base import Model

# Score from which a claim counts as carried, and from which in part.
CARRIED = 0.5
PARTLY = 0.25


class FaultKind(StrEnum):
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    QUANTIFIER = "quantifier"
    CONTENT = "content"


class Fault(Model):
    """`text` says what is wrong, in one sentence fit for whoever wrote the claim."""

    kind: FaultKind
    text: str


class Verdict(Model):
    """`score` rises with support: from `CARRIED` on the evidence carries the claim, from `PARTLY` on a part of it."""

    score: float
    faults: list[Fault] = []

    @property
    def carried(self) -> bool:
        return self.score >= CARRIED

    def has(self, *kinds: FaultKind) -> bool:
        return any(fault.kind in kinds for fault in self.faults)
