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
