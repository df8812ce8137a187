"""Lift: how much more often a theme is said in a group than in the rest of its parent."""

import math
from collections.abc import Iterable

from app.models.segment import Lift
from app.models.theme import Theme

# Half a person on either side keeps the ratio finite where nobody else said it (Haldane 1940).
HALF = 0.5
# 95 in 100 of a normal distribution lie within so many standard deviations.
NORMAL_95 = 1.959964


def lift_of(theme: Theme, people: Iterable[str], rest: Iterable[str]) -> Lift:
    """The theme's lift among `people` against `rest` (two disjoint groups of participants)."""
    # Takes half a second to load, which the first page need not wait for.
    from scipy.stats import fisher_exact

    inside, outside, said = set(people), set(rest), set(theme.participants)
    k, rest_k = len(inside & said), len(outside & said)
    n, rest_n = len(inside), len(outside)
    here, there = (k + HALF) / (n + 2 * HALF), (rest_k + HALF) / (rest_n + 2 * HALF)
    by_luck = fisher_exact([[k, n - k], [rest_k, rest_n - rest_k]], alternative="greater").pvalue
    low, high = ratio_interval(k, n, rest_k, rest_n)
    return Lift(
        theme_id=theme.id,
        k=k,
        n=n,
        rest_k=rest_k,
        rest_n=rest_n,
        lift=round(here / there, 2),
        by_luck=round(float(by_luck), 4),
        low=low,
        high=high,
    )


def ratio_interval(k: int, n: int, rest_k: int, rest_n: int) -> tuple[float, float]:
    """The interval of 95 % of the ratio of the shares k of n and rest_k of rest_n, rounded to two decimals.

    The logarithm of the ratio is nearly normal (Katz, Baptista, Azen & Pike 1978, Biometrics 34); half a person is
    added to every cell of the table, as for the ratio itself.
    """
    here, there = (k + HALF, n + 2 * HALF), (rest_k + HALF, rest_n + 2 * HALF)
    spread = math.sqrt(1 / here[0] - 1 / here[1] + 1 / there[0] - 1 / there[1])
    middle = math.log((here[0] / here[1]) / (there[0] / there[1]))
    return round(math.exp(middle - NORMAL_95 * spread), 2), round(math.exp(middle + NORMAL_95 * spread), 2)


def distinctive(themes: Iterable[Theme], people: Iterable[str], rest: Iterable[str], least: int = 2) -> list[Lift]:
    """Themes said by `least` people or more of the group and by a larger share than in the rest, strongest first."""
    lifts = [lift_of(theme, people, rest) for theme in themes]
    kept = [one for one in lifts if one.k >= least and one.k * one.rest_n > one.rest_k * one.n]
    return sorted(kept, key=lambda one: (one.by_luck, -one.lift, one.theme_id))
