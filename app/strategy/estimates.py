"""Estimates: medians and shares with 95 % intervals that hold for small samples and need no drawing of lots.

Medians have the interval of order statistics (exact, whatever the distribution), shares Wilson's (1927). SciPy's
statistics take half a second to load, so they are loaded where they are used.
"""

from collections.abc import Sequence

import numpy as np

from app.models.crm import Estimate

SURE = 0.95
# The widest interval of order statistics, smallest to largest, misses the median with 2 · 0.5ⁿ: below six values
# no interval is 95 % sure.
TOO_FEW = 6


def median_of(values: Sequence[float]) -> Estimate | None:
    """None where there are no values; no interval below six."""
    if not values:
        return None
    ordered = np.sort(np.asarray(values, dtype=float))
    n = len(ordered)
    middle = round(float(np.median(ordered)), 2)
    if n < TOO_FEW:
        return Estimate(value=middle, n=n)
    from scipy.stats import binom

    # The largest k with P(fewer than k values lie below the median) within half of what may be missed.
    low = int(binom.ppf((1 - SURE) / 2, n, 0.5))
    return Estimate(value=middle, n=n, low=round(float(ordered[low - 1]), 2), high=round(float(ordered[n - low]), 2))


def share_of(k: int, n: int) -> Estimate | None:
    """`k` of `n` with Wilson's interval; None of nobody."""
    if n == 0:
        return None
    from scipy.stats import binomtest

    within = binomtest(k, n).proportion_ci(SURE, method="wilson")
    return Estimate(value=round(k / n, 4), n=n, low=round(float(within.low), 4), high=round(float(within.high), 4))
