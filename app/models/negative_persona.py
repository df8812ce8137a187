"""Negative persona: a poor fit between what somebody expects and what can be delivered; never a kind of person.

It excludes by tests over records (`Disqualifier`), several of which must hold together (`SuppressionRule`).
"""

from typing import Literal

from pydantic import Field

from app.models.base import Model
from app.models.field import Level
from app.models.persona_base import Backed, Claims, NoteMention, Portrait
from app.models.poor_fit import DrainKind, Operator


class Drain(Backed):
    """What the poor fit costs a supplier, and the words that show it."""

    kind: DrainKind


class Disqualifier(Backed):
    """A test over one field of a record: `budget_line = none`. `inferred`: the value is a threshold of ours."""

    field: str
    operator: Operator
    value: str
    inferred: bool = False


class SuppressionRule(Model):
    """Pause outreach where `k` of the `m` disqualifiers hold. `catches` is whom it would catch in this study."""

    k: int
    m: int
    catches: list[str]
    text: str


class NegativePersona(Portrait):
    """`provisional` while it rests on one person. Only people count whose own words show it; notes are context."""

    kind: Literal[Level.NEGATIVE] = Level.NEGATIVE
    provisional: bool
    why_poor_fit: Claims
    drain: list[Drain] = Field(min_length=2)
    disqualifiers: list[Disqualifier] = Field(min_length=3)
    early_warning_signals: Claims = []
    discovery_questions: Claims = []
    false_positive_risks: Claims = []
    requalification: Claims = []
    alternative_path: Claims = []
    suppression_rule: SuppressionRule
    expected_effect: Claims = []
    notes: list[NoteMention] = []
