"""Rates: how often who saw something did what it asks for, and how far a rate is to be trusted.

A rate of few impressions is mostly luck, so it is drawn towards the rate of the whole study, the more the fewer they
are: the mean of a beta distribution fitted to all personas and stages by moments (Kleinman, Proportions with extraneous
variance, Journal of the American Statistical Association 68, 1973). Where personas and stages differ no more than by
luck, all are taken for the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.models.brief import Stage
from app.models.outcome import Measured, Outcome
from app.strategy.estimates import share_of

# Moments of a few personas that differ much would believe 3 of 20. The study counts for at least the impressions that
# brought so many conversions: fewer are commonly held to say little of a share.
LEAST = 10


@dataclass(frozen=True)
class Tally:
    """`k` of `n` did it."""

    k: int = 0
    n: int = 0

    @property
    def rate(self) -> float:
        return self.k / self.n if self.n else 0.0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Tally":
        found = list(outcomes)
        return cls(sum(one.conversions for one in found), sum(one.impressions for one in found))


@dataclass(frozen=True)
class Prior:
    """What is expected before anything was measured: `mean`, as sure as after `weight` impressions."""

    mean: float
    weight: float

    def drawn(self, tally: Tally) -> float:
        """The tally's rate drawn towards the mean: between the two, nearer to its own the more impressions it has."""
        if self.weight + tally.n == 0:
            return self.mean
        return (tally.k + self.mean * self.weight) / (tally.n + self.weight)


def prior_of(tallies: Sequence[Tally]) -> Prior:
    """Fitted to the tallies that have impressions; as sure as all of them together where they differ by luck alone."""
    seen = [one for one in tallies if one.n]
    k, n = sum(one.k for one in seen), sum(one.n for one in seen)
    mean = k / n if n else 0.0
    spare = len(seen) - 1
    spread = mean * (1 - mean)
    room = n - sum(one.n**2 for one in seen) / n - spare if n else 0.0
    if spare < 1 or spread == 0 or room <= 0:
        return Prior(mean, float(n))
    alike = (sum(one.n * (one.rate - mean) ** 2 for one in seen) - spread * spare) / (spread * room)
    weight = 1 / alike - 1 if alike > 0 else float(n)
    return Prior(mean, min(max(weight, LEAST / mean), float(n)))


def by_cell(outcomes: Iterable[Outcome]) -> dict[tuple[str, Stage], list[Outcome]]:
    """Persona and stage → what was measured of both."""
    found: dict[tuple[str, Stage], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        found[one.persona_id, one.stage].append(one)
    return found


def measure(outcomes: Iterable[Outcome]) -> list[Measured]:
    """Each persona and stage with its rate and interval, in the order of the funnel."""
    cells = by_cell(outcomes)
    order = list(Stage)
    return [
        _measured(persona_id, stage, found)
        for (persona_id, stage), found in sorted(cells.items(), key=lambda one: (one[0][0], order.index(one[0][1])))
    ]


def _measured(persona_id: str, stage: Stage, found: Sequence[Outcome]) -> Measured:
    tally = Tally.of(found)
    return Measured(
        persona_id=persona_id, stage=stage, assets=len({one.asset.casefold() for one in found}),
        impressions=tally.n, conversions=tally.k, rate=share_of(tally.k, tally.n),
    )  # fmt: skip
