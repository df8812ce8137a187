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


def rank_briefs(briefs: Sequence[Brief], outcomes: Sequence[Outcome]) -> dict[str, BriefRank]:
    """Brief id → its place, best first; equals stay in their order. Empty where nothing was measured."""
    if not any(one.impressions for one in outcomes):
        return {}
    cells = {cell: Tally.of(found) for cell, found in by_cell(outcomes).items()}
    prior = prior_of(list(cells.values()))
    by_brief: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_brief[one.brief_id].append(one)
    rated = [(one, *_expected(one, cells, prior, by_brief.get(one.id, []))) for one in briefs]
    rated.sort(key=lambda one: -one[1])
    return {
        brief.id: _rank(brief, place, len(rated), expected, tally, prior)
        for place, (brief, expected, tally) in enumerate(rated, start=1)
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
    """“3.1 % of 1,240, best of 4”."""
    standing = f"best of {of}" if place == 1 else f"{_nth(place)} of {of}"
    if measured is None:
        return f"no outcome yet, taken for the study’s {percent(prior.mean)}, {standing}"
    told = f"{percent(measured.value)} of {measured.n:,}"
    if measured.low is not None and measured.high is not None and measured.low <= prior.mean <= measured.high:
        within = f"{percent(measured.low)} to {percent(measured.high)}"
        told += f" ({within}: not told from the study’s {percent(prior.mean)})"
    return f"{told}, {standing}"


def percent(share: float) -> str:
    """`3.1 %`."""
    return f"{100 * share:.1f} %"


def _nth(place: int) -> str:
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
