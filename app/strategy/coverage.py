"""Coverage: whom the core personas stand for, who is left, and whether there are too few or too many."""

from collections.abc import Sequence
from typing import Literal

from app.models.crm import CrmPatterns
from app.models.segment import Uncovered
from app.models.strategy import Coverage
from app.strategy.grounds import Grounds
from app.strategy.words import count, listed, percent

# A persona set should stand for at least this share of the target group.
ENOUGH = 0.8
# The usual number of core personas for one product area.
FEWEST, MOST = 3, 5
# From here on some core personas are really micros of others.
FAR_TOO_MANY = 8
# A core persona of fewer people than this would rest on an individual.
MIN_CORE = 2


def judge_coverage(grounds: Grounds, crm: CrmPatterns | None) -> Coverage:
    cast = grounds.cast
    covered, n, cores = len(cast.covered), len(cast.participants), len(cast.macros)
    left = _uncovered(grounds)
    return Coverage(
        covered=covered,
        n=n,
        share=round(covered / n, 4),
        enough=ENOUGH,
        cores=cores,
        micros=len(grounds.micros),
        verdict=_verdict(cores),
        sentences=[_share(covered, n), *_how_many(grounds, left), *_unheard(crm)],
        uncovered=left,
    )


def _uncovered(grounds: Grounds) -> list[Uncovered]:
    """Everybody heard whom no core persona stands for, with the reason."""
    cast = grounds.cast
    why = {one.participant_id: one.why for one in cast.segments.uncovered}
    refused = {one.segment_id: one.reason for one in cast.refused}
    for segment in cast.segments.macros:
        for person in segment.participant_ids:
            why.setdefault(person, refused.get(segment.id, "Their segment has no persona."))
    outside = [person.id for person in cast.participants if person.id not in cast.covered]
    return [Uncovered(participant_id=one, why=why.get(one, "In no segment.")) for one in outside]


def _verdict(cores: int) -> Literal["too few", "as usual", "too many"]:
    return "too few" if cores < FEWEST else "too many" if cores > MOST else "as usual"


def _share(covered: int, n: int) -> str:
    side = "above" if covered / n > ENOUGH else "at" if covered / n == ENOUGH else "below"
    heard = f"{covered} of {count(n, 'person', 'people')} heard ({percent(covered / n)})"
    return f"The core personas stand for {heard}, {side} the {percent(ENOUGH)} a set should reach."


def _how_many(grounds: Grounds, left: Sequence[Uncovered]) -> list[str]:
    cores, micros = len(grounds.cast.macros), len(grounds.micros)
    have = f"{count(cores, 'core persona')} and {count(micros, 'micro persona')}"
    if cores > MOST:
        return [
            f"{have}: more than the usual {FEWEST} to {MOST} core personas for one product area; see what to merge."
        ]
    if cores >= FEWEST:
        return [f"{have}: within the usual {FEWEST} to {MOST} core personas for one product area."]
    return [
        f"{have}: fewer than the usual {FEWEST} to {MOST} core personas for one product area.",
        _why_few(grounds, left),
    ]


def _why_few(grounds: Grounds, left: Sequence[Uncovered]) -> str:
    """Whether another core persona could be made of what is there."""
    if len(left) >= MIN_CORE:
        who = listed([one.participant_id for one in left])
        return f"{who} are left over: interview more people like them before making another core persona of them."
    largest = max(grounds.cast.macros, key=lambda one: one.sample.n)
    many = f"the largest, “{largest.name}”, holds {largest.sample.n} of {len(grounds.cast.participants)} people"
    one_left = "One person is left over, too few for another" if left else "Nobody is left over for another"
    return f"{one_left}; {many}. More would come from listening to kinds of people not heard yet."


def _unheard(crm: CrmPatterns | None) -> list[str]:
    """Groups that sales knows and nobody was heard from."""
    if not crm or not crm.unheard:
        return []
    sizes = {one.name: one.accounts for one in crm.by_label}
    named = listed([f"“{label}” ({count(sizes[label], 'account')})" for label in crm.unheard], most=6)
    return [f"No participant's account bears these labels of sales': {named}. Interview somebody there."]
