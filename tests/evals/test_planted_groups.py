"""Groups: the Rand index with nobody left out, negative members named, conflicts listed."""

import pytest
from small_planted import places, planted
from small_study import segment_of, tree_of

from app.models.field import Level
from evals.planted_groups import (
    NOWHERE,
    conflict_share,
    found_members,
    levels,
    member_rows,
    negative_share,
    planted_members,
    rand_index,
)

TRUTH = {"P01": "M1", "P02": "M1", "P03": "M2", "P04": "M2"}


def index(*groups: tuple[str, ...]) -> float | None:
    return rand_index(TRUTH, found_members(TRUTH, [segment_of(*group) for group in groups], str))


@pytest.mark.parametrize(
    ("groups", "value"),
    [
        pytest.param([("P01", "P02"), ("P03", "P04")], 1.0, id="the same"),
        pytest.param([("P03", "P04"), ("P01", "P02")], 1.0, id="the same in another order"),
        pytest.param([("P01", "P02", "P03", "P04")], 0.0, id="all in one"),
        pytest.param([], 0.0, id="nobody placed"),
        pytest.param([("P01", "P03"), ("P02", "P04")], -0.5, id="crossed"),
        pytest.param([("P01", "P02")], 4 / 7, id="two placed, two groups of one"),
        pytest.param([("P01", "P02", "X9"), ("P03", "P04")], 1.0, id="with a stranger"),
    ],
)
def test_the_rand_index_falls_with_who_is_misplaced(groups: list[tuple[str, ...]], value: float) -> None:
    assert index(*groups) == pytest.approx(value)


def test_one_person_alone_cannot_be_compared() -> None:
    assert rand_index({"P01": "M1"}, {"P01": None}) is None


def test_levels_are_told_apart() -> None:
    core = segment_of("P01", "P02")
    inner = segment_of("P01", level=Level.MICRO, parent=core.id)
    assert levels(tree_of(core, inner)) == {"macro": [core], "micro": [inner]}


def test_who_has_withdrawn_is_in_no_planted_group() -> None:
    truth = planted(macro=[{"id": "M1", "members": ["P01", "P02"]}], withdrawn=["P02"])
    assert planted_members(truth.macro, truth) == {"P01": "M1"}


def test_rows_name_the_planted_group_that_a_segment_stands_for() -> None:
    found = found_members(TRUTH, [segment_of("P01", "P02", "P03")], str)
    rows = member_rows("macro", TRUTH, found)
    assert [(row["id"], row["got"]) for row in rows] == [("P01", "M1"), ("P02", "M1"), ("P03", "M1"), ("P04", NOWHERE)]


@pytest.mark.parametrize(
    ("named", "value"),
    [
        pytest.param(set(), 0.0, id="nobody named"),
        pytest.param({"P02"}, 1.0, id="the planted one"),
        pytest.param({"P01"}, 0.0, id="somebody else"),
    ],
)
def test_negative_members_count_where_they_are_named(named: set[str], value: float) -> None:
    truth = planted(negative=[{"id": "N1", "members": ["P02"]}])
    assert negative_share(truth, named, places(truth)) == value


def test_without_a_planted_negative_persona_there_is_no_score() -> None:
    assert negative_share(planted(), {"P02"}, places()) is None


def test_conflicts_count_once_for_both_sides_and_not_for_the_withdrawn() -> None:
    members = [
        {"participant": "P01", "conflicts_with": ["P02", "P03"]},
        {"participant": "P02", "conflicts_with": ["P01"]},
    ]
    truth = planted(buying_centre=[{"account": "Example", "members": members}], withdrawn=["P03"])
    assert conflict_share(truth, {frozenset(("P02", "P01"))}, places(truth)) == 1.0
    assert conflict_share(truth, {frozenset(("P01", "P03"))}, places(truth)) == 0.0
    assert conflict_share(planted(), set(), places()) is None
