"""Figures are read in digits and in words, and compared with their units."""

import pytest

from app.support.figures import figures, missing


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("We have 1,400 people.", [1400], id="thousands by comma"),
        pytest.param("about fourteen hundred people", [1400], id="hundreds in words"),
        pytest.param("Four hundred and eighty thousand, since 2022", [480_000, 2022], id="a long number and a year"),
        pytest.param("three weeks and four days", [3, 4], id="and between two counts"),
        pytest.param("forty-one depots", [41], id="hyphen"),
        pytest.param("in twenty-nineteen", [2019], id="a spoken year"),
        pytest.param("anything over fifteen K, or 15k", [15, 15_000], id="short scale"),
        pytest.param("2.5 million, a dozen, twice", [2_500_000, 12, 2], id="scales and wholes"),
        pytest.param("one of them said no", [], id="one is no count"),
        pytest.param("nothing to count", [], id="none"),
    ],
)
def test_figures_are_read(text: str, values: list[float]) -> None:
    assert [one.value for one in figures(text)] == values


@pytest.mark.parametrize(
    ("claim", "evidence", "lost"),
    [
        pytest.param("They are three.", "We are 3.", [], id="words and digits"),
        pytest.param("They are four.", "We are 3.", ["four"], id="another number"),
        pytest.param("20 % left.", "Twenty per cent left.", [], id="percent in words"),
        pytest.param("20 % left.", "Twenty people left.", ["20"], id="percent of people"),
        pytest.param("It dates from 1998.", "It is from ninety-eight.", [], id="a year said short"),
    ],
)
def test_what_the_evidence_does_not_hold_is_missing(claim: str, evidence: str, lost: list[str]) -> None:
    assert [one.written for one in missing(claim, [evidence])[0]] == lost


def test_the_same_number_of_something_else_is_told_apart() -> None:
    lost, otherwise = missing("20 % left and 7 came.", ["Twenty people left."])
    assert [one.written for one in lost] == ["20", "7"]
    assert [one.written for one in otherwise] == ["20"]
