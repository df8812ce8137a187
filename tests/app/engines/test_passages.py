"""Passages: neighbours of one turn, on both sides, within bounds; never across an aside."""

from hypothesis import given
from hypothesis import strategies as st

from app.engines.passages import MOST_WORDS, REACH, Said, passage_around

SAIDS = st.lists(st.builds(Said, st.integers(0, 2), st.integers(1, 60), st.booleans()), min_size=1, max_size=20).map(
    lambda some: sorted(some, key=lambda one: one.turn)
)


def said(*rows: tuple[int, int, bool]) -> list[Said]:
    return [Said(*row) for row in rows]


def test_it_reaches_three_sentences_to_both_sides() -> None:
    assert passage_around(4, said(*[(0, 5, True)] * 9)) == (1, 7)


def test_it_stays_in_its_turn() -> None:
    assert passage_around(1, said((0, 5, True), (1, 5, True), (1, 5, True), (2, 5, True))) == (1, 2)


def test_it_stops_at_an_aside() -> None:
    assert passage_around(1, said((0, 5, True), (0, 5, True), (0, 5, False), (0, 5, True))) == (0, 1)


def test_a_long_sentence_stands_alone() -> None:
    assert passage_around(1, said((0, 40, True), (0, 70, True), (0, 40, True))) == (1, 1)


@given(SAIDS, st.data())
def test_a_passage_holds_its_sentence_and_keeps_the_bounds(rows: list[Said], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(rows) - 1))
    first, last = passage_around(row, rows)
    assert row - REACH <= first <= row <= last <= row + REACH
    held = rows[first : last + 1]
    assert {one.turn for one in held} == {rows[row].turn}
    assert len(held) == 1 or sum(one.words for one in held) <= MOST_WORDS
    assert all(one.belongs for one in held if one is not rows[row])
