"""Medians and shares with intervals that hold for small samples."""

from itertools import combinations

import numpy as np
import pytest

from app.strategy.estimates import TOO_FEW, median_of, share_of


def test_a_median_of_few_has_no_interval() -> None:
    found = median_of([4, 1, 3, 2, 5])
    assert found and (found.value, found.low, found.high, found.n) == (3, None, None, 5)
    assert median_of([]) is None and share_of(0, 0) is None


def test_the_interval_holds_the_median_as_often_as_it_says() -> None:
    dice = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        found = median_of(list(dice.exponential(size=15)))
        assert found and found.low is not None and found.high is not None
        held += found.low <= np.log(2) <= found.high
    assert held / 400 >= 0.94


def test_six_is_the_least_that_can_be_95_percent_sure() -> None:
    misses = {n: sum(len(set(draw)) == 1 for draw in all_sides(n)) / 2**n for n in (TOO_FEW - 1, TOO_FEW)}
    assert misses[TOO_FEW - 1] > 0.05 >= misses[TOO_FEW]


def all_sides(n: int) -> list[tuple[int, ...]]:
    """All ways in which n values can lie on one side or the other of the median."""
    return [tuple(int(i in chosen) for i in range(n)) for k in range(n + 1) for chosen in combinations(range(n), k)]


@pytest.mark.parametrize(("k", "n"), [(0, 5), (5, 5), (3, 9)], ids=["none", "all", "some"])
def test_a_share_lies_in_its_interval_and_never_beyond_zero_and_one(k: int, n: int) -> None:
    found = share_of(k, n)
    assert found and found.low is not None and found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1 and found.low < found.high
