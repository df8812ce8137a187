"""Scoring: how well a contact fits each of several segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from app.activation.testing import Values, holds
from app.models.assignment import Condition


@dataclass(frozen=True)
class Definition:
    """A segment as contacts are scored against it."""

    id: str
    prior: float
    conditions: Sequence[Condition]


@dataclass(frozen=True)
class Score:
    """`confidence` is between 0 and 1; `held` are the conditions that speak for it."""

    id: str
    confidence: float
    held: tuple[Condition, ...]


def prior_of(members: int, others: int) -> float:
    return round(log((members + 0.5) / (others + 0.5)), 4)


def best(definitions: Sequence[Definition], values: Values) -> Score | None:
    """The segment that fits best; None where nothing speaks for any, or two fit equally well."""
    scores = [score for one in definitions if (score := _score(one, values)).held]
    scores.sort(key=lambda one: (-one.confidence, one.id))
    if not scores or (len(scores) > 1 and scores[0].confidence == scores[1].confidence):
        return None
    return scores[0]


def _score(definition: Definition, values: Values) -> Score:
    total, held = definition.prior, []
    for condition in definition.conditions:
        outcome = holds(condition, values)
        if outcome is None:
            continue
        total += condition.weight if outcome else condition.against
        held += [condition] if outcome else []
    return Score(definition.id, round(1 / (1 + exp(-total)), 4), tuple(held))
