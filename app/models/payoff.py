"""Payoff: whether a micro persona is worth having, judged condition by condition from evidence.

What is judged is data (`data/payoff.yaml`): a condition or scenario names the codes its evidence may carry, which of
them are `telling` (evidence of them is about the matter itself), and `cues` and `against`, invented sentences
that would speak for and against it. Where `by` is `differences`, it is judged from what sets the group apart from the
rest of its core; where it is `accounts`, from who works for one account, and from words.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from app import DATA
from app.models.base import Model
from app.models.claim import Citation, Support


class PayoffSpec(Model):
    id: str
    kind: Literal["condition", "scenario"]
    label: str
    by: Literal["words", "differences", "accounts"] = "words"
    codes: list[str] = []
    telling: list[str] = []
    cues: list[str] = []
    against: list[str] = []
    ask: str


class Finding(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    NOT_EVALUABLE = "not evaluable"


class Judgement(Model):
    """`support`: how many of the group's people speak for it; `citations` their words, and those against it."""

    spec_id: str
    kind: Literal["condition", "scenario"]
    label: str
    finding: Finding
    why: str
    support: Support
    citations: list[Citation] = []
    ask: str = ""


class Worth(Model):
    """`amount` is the CRM's median value where there is one; `people` and `intensity` (pieces of firm evidence a
    person) are always known. `basis` says in words what the value rests on."""

    amount: float | None = None
    days_to_close: float | None = None
    people: int
    intensity: float
    basis: str


class Effort(Model):
    """Always inferred: what it would take to serve the persona, with the reasons counted."""

    level: Literal["low", "medium", "high"]
    reasons: list[str]
    status: Literal["inferred"] = "inferred"


class Call(StrEnum):
    START = "start"
    LATER = "later"
    BUYING_CENTRE = "only within buying centres"


class Payoff(Model):
    """`rank` counts from 1, best value for the effort first."""

    persona_id: str
    name: str
    judgements: list[Judgement]
    worth: Worth
    effort: Effort
    rank: int
    call: Call
    why: str

    @property
    def conditions(self) -> list[Judgement]:
        return [one for one in self.judgements if one.kind == "condition"]

    @property
    def scenarios(self) -> list[Judgement]:
        return [one for one in self.judgements if one.kind == "scenario"]

    @property
    def met(self) -> list[Judgement]:
        """The conditions that are met."""
        return [one for one in self.conditions if one.finding is Finding.MET]


@cache
def load_payoff(path: Path = DATA / "payoff.yaml") -> tuple[PayoffSpec, ...]:
    """The conditions and scenarios at `path`, conditions first."""
    return tuple(PayoffSpec.model_validate(row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))["payoff"])
