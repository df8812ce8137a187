"""Lift: shares compared, and how likely luck is."""

import pytest

from app.models.theme import Theme
from app.synthesis.lift import distinctive, lift_of


def theme(id: str, *people: str) -> Theme:
    return Theme(id=id, code="stressor", label=id, evidence_ids=[], participants=list(people), n=9)


def test_three_of_three_against_none_of_six() -> None:
    lift = lift_of(theme("t", "A", "B", "C"), "ABC", "DEFGHI")
    assert (lift.k, lift.n, lift.rest_k, lift.rest_n) == (3, 3, 0, 6)
    # By hand: one way in C(9, 3) = 84; (3.5 / 4) / (0.5 / 7) = 12.25.
    assert lift.by_luck == pytest.approx(1 / 84, abs=1e-4)
    assert lift.lift == 12.25


def test_equal_shares_are_no_difference() -> None:
    assert distinctive([theme("t", "A", "B", "D", "E")], "AB", "DE") == []


def test_one_voice_is_no_difference() -> None:
    assert distinctive([theme("t", "A")], "ABC", "DEF") == []


def test_least_likely_luck_comes_first() -> None:
    found = distinctive([theme("weak", "A", "B", "D"), theme("strong", "A", "B", "C")], "ABC", "DEF")
    assert [one.theme_id for one in found] == ["strong", "weak"]


def test_the_interval_holds_the_ratio_and_says_where_luck_may_be_all() -> None:
    few = lift_of(theme("t", "A", "B", "C"), "ABC", "DEFGHI")
    # By hand: ln 12.25 ± 1.96 √(1/3.5 - 1/4 + 1/0.5 - 1/7) = 2.506 ± 2.697.
    assert (few.low, few.high) == (pytest.approx(0.83, abs=0.01), pytest.approx(181.6, abs=0.5))
    assert few.may_be_luck
    many = [f"P{number}" for number in range(40)]
    lift = lift_of(theme("t", *many[:18], *many[20:22]), many[:20], many[20:])
    assert lift.low is not None and lift.low > 1 and not lift.may_be_luck
