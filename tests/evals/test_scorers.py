"""Scorers count what was expected against what was got."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers import class_scores, distinctness, jaccard, share

NAMES = ["a", "b", "c"]


def test_accuracy_and_precision_per_class() -> None:
    found = {score.name: score for score in class_scores([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")], NAMES)}
    assert (found["a"].accuracy, found["a"].precision) == (0.5, 1.0)
    assert found["b"].accuracy == 1.0 and found["b"].precision == pytest.approx(2 / 3)
    assert (found["c"].accuracy, found["c"].precision, found["c"].expected) == (None, None, 0)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))))
def test_counts_add_up_to_the_items(pairs: list[tuple[str, str]]) -> None:
    found = class_scores(pairs, NAMES)
    assert sum(score.expected for score in found) == sum(score.got for score in found) == len(pairs)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [pytest.param([], None, id="nothing to count"), pytest.param([True, False], 0.5, id="half")],
)
def test_a_share_of_nothing_is_not_a_number(flags: list[bool], expected: float | None) -> None:
    assert share(flags) == expected


def test_jaccard() -> None:
    assert jaccard({1, 2}, {2, 3}) == pytest.approx(1 / 3)
    assert jaccard(set(), set()) is None


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param([[{1}, {1}]], 0.0, id="the same"),
        pytest.param([[{1}, {2}]], 1.0, id="nothing in common"),
        pytest.param([[{1}], [{1}]], None, id="never compared across kinds"),
        pytest.param([[set(), set()]], None, id="nothing said"),
        pytest.param([[{1}, {1}, {2}]], 2 / 3, id="mean over pairs"),
    ],
)
def test_distinctness(groups: list[list[set[object]]], expected: float | None) -> None:
    assert distinctness(groups) == (expected if expected is None else pytest.approx(expected))  # type: ignore[arg-type]
