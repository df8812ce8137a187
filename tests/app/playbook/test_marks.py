"""Marks: quotes may overlap, touch and nest; what is shown is always the turn, and every quote begins once."""

from hypothesis import given
from hypothesis import strategies as st

from app.playbook.marks import Mark, paragraphs, pieces
from app.playbook.words import CODES
from retrieval.evidence import Span

TEXT = "Before. " + "We do it by hand.\n\nEvery week, on a Friday. " * 3 + "After."
TURN = Span(start=8, end=len(TEXT) - 6)


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    """Any spans of the source, cited or only coded; cited ones are called by their place."""
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        anchor = f"q-{start}-{end}" if draw(st.booleans()) else ""
        found.append(Mark(start, end, draw(st.sampled_from(sorted(CODES))), anchor, cited=bool(anchor)))
    return found


@given(marks())
def test_stretches_joined_are_the_turn(found: list[Mark]) -> None:
    assert "".join(piece.text for piece in pieces(TEXT, TURN, found)) == TURN.of(TEXT)


@given(marks())
def test_every_quote_that_touches_the_turn_begins_once(found: list[Mark]) -> None:
    touching = {m.anchor for m in found if m.anchor and m.start < TURN.end and m.end > TURN.start}
    begun = [anchor for piece in pieces(TEXT, TURN, found) for anchor in piece.anchors]
    assert sorted(begun) == sorted(touching)


@given(marks())
def test_a_stretch_is_coloured_where_something_covers_it_and_nowhere_else(found: list[Mark]) -> None:
    at = TURN.start
    for piece in pieces(TEXT, TURN, found):
        over = [m for m in found if m.start < at + len(piece.text) and m.end > at]
        assert (piece.family is not None) == bool(over)
        assert piece.cited == any(m.anchor for m in over)
        at += len(piece.text)


@given(marks())
def test_paragraphs_lose_no_word_and_no_anchor(found: list[Mark]) -> None:
    stretches = pieces(TEXT, TURN, found)
    parts = [part for paragraph in paragraphs(stretches) for part in paragraph]
    assert " ".join("".join(p.text + " " for p in parts).split()).replace(" ", "") == "".join(TURN.of(TEXT).split())
    assert [a for p in parts for a in p.anchors] == [a for p in stretches for a in p.anchors]


def test_a_quote_within_a_quote_of_another_code_gets_a_second_line() -> None:
    outer, inner = Mark(8, 40, "stressor", "q-1", cited=True), Mark(16, 20, "objection", "q-2", cited=True)
    middle = pieces(TEXT, TURN, [outer, inner])[1]
    assert (middle.text, middle.anchors, middle.family, middle.second) == (TEXT[16:20], ("q-2",), 1, 8)


def test_two_quotes_that_begin_together_share_a_stretch() -> None:
    first = pieces(
        TEXT, TURN, [Mark(8, 40, "stressor", "q-1", cited=True), Mark(8, 20, "stressor", "q-2", cited=True)]
    )[0]
    assert first.anchors == ("q-1", "q-2")


def test_a_cited_quote_lends_its_colour_before_one_that_is_only_coded() -> None:
    first = pieces(TEXT, TURN, [Mark(8, 20, "budget"), Mark(8, 20, "objection", "q-1", cited=True)])[0]
    assert (first.family, first.second, first.cited) == (8, 3, True)
