"""Deterministic scorers: pairs of what was expected and what was got, in; numbers, out.

A scorer that has nothing to count gives None, which a report shows as *not evaluable*. The formulas
of agreement and of multi-label F1 live in `evals.metrics` alone.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

from app.models.base import Model


class ClassScore(Model):
    """One class of a single-label task. `accuracy` is the share of its items that got it (= recall);
    `precision` is None where nothing got the class, `accuracy` where nothing was expected to."""

    name: str
    accuracy: float | None
    precision: float | None
    expected: int
    got: int


def share(flags: Iterable[bool]) -> float | None:
    """How many of the flags are set, from 0 to 1; None where there is none."""
    listed = list(flags)
    return sum(listed) / len(listed) if listed else None


def class_scores(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> list[ClassScore]:
    """Accuracy and precision for each of `names` over (expected, got) pairs."""
    return [_class_score(pairs, name) for name in names]


def _class_score(pairs: Sequence[tuple[str, str]], name: str) -> ClassScore:
    return ClassScore(
        name=name,
        accuracy=share(got == name for expected, got in pairs if expected == name),
        precision=share(expected == name for expected, got in pairs if got == name),
        expected=sum(expected == name for expected, _ in pairs),
        got=sum(got == name for _, got in pairs),
    )


def jaccard(left: set[Hashable], right: set[Hashable]) -> float | None:
    """Shared members over all members; None where both are empty."""
    return len(left & right) / len(left | right) if left | right else None


def distinctness(groups: Iterable[Sequence[set[Hashable]]]) -> float | None:
    """1 − the mean share that two members of one group have in common; None without a pair to compare."""
    pairs = [jaccard(left, right) for group in groups for left, right in combinations(group, 2)]
    known = [pair for pair in pairs if pair is not None]
    return 1 - sum(known) / len(known) if known else None
