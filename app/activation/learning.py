"""Learning: which tests tell a group's members from others.

Weights are log-likelihood ratios with half a person added to each count (Jeffreys' prior), summed as in naive Bayes;
so that fields that say the same count once, a segment has one condition a field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from app.activation.candidates import candidates
from app.activation.testing import Values, holds
from app.models.assignment import Condition, Test
from app.strategy.signals import MOST_LUCK

# Of a group of two nothing can be learnt.
FEWEST = 2
MOST_CONDITIONS = 5
# Below this many people on either side, or above this chance of luck, a condition carries a caution.
SMALL, DOUBTFUL = 10, 0.05


@dataclass(frozen=True)
class Ground:
    """Participants by id with their values by field, and every test tried on each of them."""

    people: Mapping[str, Values]

    @cached_property
    def tests(self) -> list[Test]:
        return self._found[0]

    @cached_property
    def left_out(self) -> dict[str, str]:
        return self._found[1]

    @cached_property
    def rows(self) -> dict[str, int]:
        return {person: row for row, person in enumerate(self.people)}

    @cached_property
    def outcomes(self) -> NDArray[np.int8]:
        """1 holds, 0 does not, -1 not known; shape (people, tests)."""
        found = [[_outcome(test, values) for test in self.tests] for values in self.people.values()]
        return np.array(found, dtype=np.int8).reshape(len(self.people), len(self.tests))

    @cached_property
    def _found(self) -> tuple[list[Test], dict[str, str]]:
        return candidates(self.people)


def _outcome(test: Test, values: Values) -> int:
    found = holds(test, values)
    return -1 if found is None else int(found)


def learn(ground: Ground, members: Sequence[str], others: Sequence[str]) -> list[Condition]:
    """The conditions that part members from others, surest first; none where there are too few of either."""
    if min(len(members), len(others)) < FEWEST or not ground.tests:
        return []
    n, k = _counts(ground, members)
    rest_n, rest_k = _counts(ground, others)
    found = []
    for test, *counts in zip(ground.tests, k, n, rest_k, rest_n, strict=True):
        condition = _condition(test, *(int(count) for count in counts))
        found += [condition] if condition else []
    ranked = sorted(found, key=lambda one: (one.by_luck, -one.weight, one.field, one.operator, one.value))
    best: dict[str, Condition] = {}
    for condition in ranked:
        best.setdefault(condition.field, condition)
    return list(best.values())[:MOST_CONDITIONS]


def _counts(ground: Ground, people: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each test, for how many of the people it is known and for how many it holds."""
    own = ground.outcomes[[ground.rows[person] for person in people]]
    return (own >= 0).sum(axis=0), (own == 1).sum(axis=0)


def _condition(test: Test, k: int, n: int, rest_k: int, rest_n: int) -> Condition | None:
    """None where it holds for too few members, tells nothing, or may well be luck."""
    if k < FEWEST or rest_n < FEWEST or k * rest_n <= rest_k * n:
        return None
    luck = by_luck(k, n, rest_k, rest_n)
    if luck > MOST_LUCK:
        return None
    share, rest = (k + 0.5) / (n + 1), (rest_k + 0.5) / (rest_n + 1)
    return Condition(
        **test.model_dump(), k=k, n=n, rest_k=rest_k, rest_n=rest_n,
        precision=round(k / (k + rest_k), 4), recall=round(k / n, 4), weight=round(log(share / rest), 4),
        against=round(log((1 - share) / (1 - rest)), 4), by_luck=round(luck, 4), caution=_caution(n, rest_n, luck),
    )  # fmt: skip


def _caution(n: int, rest_n: int, luck: float) -> str:
    if luck > DOUBTFUL:
        return f"May be luck: one such difference in {max(round(1 / luck), 2)} comes about by chance."
    if min(n, rest_n) < SMALL:
        return f"Known of {min(n, rest_n)} people only on one side: a hint, not a measurement."
    return ""


@cache
def by_luck(k: int, n: int, rest_k: int, rest_n: int) -> float:
    """The one-sided p-value of Fisher's exact test."""
    # Slow to load, and most commands learn nothing.
    from scipy.stats import fisher_exact

    return float(fisher_exact([[k, n - k], [rest_k, rest_n - rest_k]], alternative="greater").pvalue)
