"""Lift: how much more often a theme is said in a group than in the rest of its parent."""

from collections.abc import Iterable

from scipy.stats import fisher_exact

from app.models.segment import Lift
from app.models.theme import Theme

# Half a person on either side keeps the ratio finite where nobody else said it (Haldane 1940).
HALF = 0.5


def lift_of(theme: Theme, people: Iterable[str], rest: Iterable[str]) -> Lift:
    """The theme's lift among `people` against `rest` (two disjoint groups of participants)."""
    inside, outside, said = set(people), set(rest), set(theme.participants)
    k, rest_k = len(inside & said), len(outside & said)
    n, rest_n = len(inside), len(outside)
    here, there = (k + HALF) / (n + 2 * HALF), (rest_k + HALF) / (rest_n + 2 * HALF)
    by_luck = fisher_exact([[k, n - k], [rest_k, rest_n - rest_k]], alternative="greater").pvalue
    return Lift(
        theme_id=theme.id,
        k=k,
        n=n,
        rest_k=rest_k,
        rest_n=rest_n,
        lift=round(here / there, 2),
        by_luck=round(float(by_luck), 4),
    )


def distinctive(themes: Iterable[Theme], people: Iterable[str], rest: Iterable[str], least: int = 2) -> list[Lift]:
    """Themes said by `least` people or more of the group and by a larger share than in the rest, strongest first."""
    lifts = [lift_of(theme, people, rest) for theme in themes]
    kept = [one for one in lifts if one.k >= least and one.k * one.rest_n > one.rest_k * one.n]
    return sorted(kept, key=lambda one: (one.by_luck, -one.lift, one.theme_id))
