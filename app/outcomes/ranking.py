"""Ranking: briefs by what came of what was written for the same persona and stage, or from the very brief.

A brief is expected to do as its persona and stage do (`rates`), and those it was measured for itself drawn from there
towards their own rate. A brief of which nothing is known stands where the study as a whole does. So few impressions
never put a brief first or last.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.models.brief import Brief, Stage
from app.models.crm import Estimate
from app.models.outcome import BriefRank, Outcome
from app.outcomes.rates import Prior, Tally, by_cell, prior_of
from app.strategy.estimates import share_of
from app.workbench import Workbench

# An interval that many times as wide as the study's rate is told.
WIDE = 2


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
        brief.id: _rank(brief, rates.index(expected) + 1, len(rated), expected, tally, prior)
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


def _rank(brief: Brief, place: int, of: int, expected: float, tally: Tally, prior: Prior) -> BriefRank:
    measured = share_of(tally.k, tally.n)
    why = _why(measured, place, of, prior)
    return BriefRank(brief_id=brief.id, place=place, of=of, expected=round(expected, 6), measured=measured, why=why)


def _why(measured: Estimate | None, place: int, of: int, prior: Prior) -> str:
    """“3.1 % of 1,240, best of 4”; where that says little, with its interval."""
    standing = f"best of {of}" if place == 1 else f"{_nth(place)} of {of}"
    if measured is None:
        return f"no outcome yet, taken for the study’s {percent(prior.mean)}, {standing}"
    return f"{percent(measured.value)} of {measured.n:,}{_doubt(measured, prior.mean)}, {standing}"


def _doubt(measured: Estimate, mean: float) -> str:
    low, high = measured.low or 0.0, measured.high or 0.0
    within = f"{percent(low)} to {percent(high)}"
    if low <= mean <= high:
        return f" ({within}: not told from the study’s {percent(mean)})"
    return f" ({within}: few, so it counts for little)" if high - low > WIDE * mean else ""


def percent(share: float) -> str:
    """`3.1 %`."""
    return f"{100 * share:.1f} %"


def _nth(place: int) -> str:
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
