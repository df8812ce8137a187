"""Ranking: briefs by what came of what was written for the same persona and stage, or from the very brief.

A brief is expected to do as its persona and stage do (`rates`), and those it was measured for itself drawn from there
towards their own rate. A brief of which nothing is known stands where the study as a whole does. So few impressions
never put a brief first or last.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.models.brief import Brief, Stage
from app.models.crm import Estimate
from app.models.outcome import BriefRank, Outcome
from app.outcomes.rates import Prior, Tally, by_cell, prior_of
from app.strategy.estimates import share_of
from app.workbench import Workbench

# An interval that many times as wide as the study's rate is told.
WIDE = 2


class Standing(NamedTuple):
    """A brief's place of so many, and how many others share it."""

    place: int
    of: int
    level: int

    @property
    def told(self) -> str:
        """“best of 4”, “2nd of 4, level with 1 other”; where all are equal, none is the best."""
        if self.level and self.level == self.of - 1:
            return f"level with {_others(self.level)}"
        place = f"best of {self.of}" if self.place == 1 else f"{_nth(self.place)} of {self.of}"
        return f"{place}, level with {_others(self.level)}" if self.level else place


def rank_briefs(briefs: Sequence[Brief], outcomes: Sequence[Outcome]) -> dict[str, BriefRank]:
    """Brief id → its place. Empty where nothing was measured."""
    if not any(one.impressions for one in outcomes):
        return {}
    cells = {cell: Tally.of(found) for cell, found in by_cell(outcomes).items()}
    prior = prior_of(list(cells.values()))
    by_brief: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_brief[one.brief_id].append(one)
    rated = [(one, *_expected(one, cells, prior, by_brief.get(one.id, []))) for one in briefs]
    rated.sort(key=lambda one: -one[1])
    rates = [expected for _, expected, _ in rated]
    return {
        # Equals share the better place.
        brief.id: _rank(brief, _standing(rates, expected), expected, tally, prior)
        for brief, expected, tally in rated
    }


def ranked(bench: Workbench, study_id: str, briefs: Sequence[Brief]) -> dict[str, BriefRank]:
    """The same by the outcomes that are kept."""
    with bench.store.transaction() as tx:
        return rank_briefs(briefs, tx.outcomes.all(study_id))


def _expected(
    brief: Brief, cells: Mapping[tuple[str, Stage], Tally], prior: Prior, own: Sequence[Outcome]
) -> tuple[float, Tally]:
    """What it is ranked by, and what that was measured on."""
    cell = cells.get((brief.persona_id, brief.funnel_stage), Tally())
    tally = Tally.of(own)
    if not tally.n:
        return prior.drawn(cell), cell
    # What is its own counts once.
    within = Tally.of(one for one in own if (one.persona_id, one.stage) == (brief.persona_id, brief.funnel_stage))
    others = prior.drawn(Tally(cell.k - within.k, cell.n - within.n))
    return Prior(others, prior.weight).drawn(tally), tally


def _standing(rates: Sequence[float], expected: float) -> Standing:
    return Standing(rates.index(expected) + 1, len(rates), rates.count(expected) - 1)


def _rank(brief: Brief, standing: Standing, expected: float, tally: Tally, prior: Prior) -> BriefRank:
    measured = share_of(tally.k, tally.n)
    return BriefRank(
        brief_id=brief.id, place=standing.place, of=standing.of, expected=round(expected, 6), measured=measured,
        why=_why(measured, standing, prior),
    )  # fmt: skip


def _why(measured: Estimate | None, standing: Standing, prior: Prior) -> str:
    """“3.1 % of 1,240, best of 4”; where that says little, with its interval."""
    if measured is None:
        return f"no outcome yet, taken for the study’s {percent(prior.mean)}, {standing.told}"
    return f"{percent(measured.value)} of {measured.n:,}{_doubt(measured, prior.mean)}, {standing.told}"


def _doubt(measured: Estimate, mean: float) -> str:
    low, high = measured.low or 0.0, measured.high or 0.0
    within = f"{percent(low)} to {percent(high)}"
    if low <= mean <= high:
        return f" ({within}: not told from the study’s {percent(mean)})"
    return f" ({within}: few, so it counts for little)" if high - low > WIDE * mean else ""


def percent(share: float) -> str:
    """`3.1 %`."""
    return f"{100 * share:.1f} %"


def _others(count: int) -> str:
    return "1 other" if count == 1 else f"{count} others"


def _nth(place: int) -> str:
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
