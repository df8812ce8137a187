"""The nouns of the evidence room: spans, turns, ids and quotes. All speech is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from retrieval.evidence import Quote, Role, Source, Span, sha256, stable_id
from retrieval.readers import read_bytes

TALK = (
    "[00:01] Dana: Why?\n[00:04] P01: It is dull.\n[00:09] P02: Mostly 😀 dull.\n[00:15] Dana: And?\n[00:20] P01: No."
)


@pytest.fixture(scope="module")
def source() -> Source:
    return read_bytes(TALK.encode(), "talk.txt")


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValidationError, match="cannot end"):
        Span(start=3, end=2)


@given(st.text(max_size=20), st.integers(0, 25), st.integers(0, 25), st.integers(0, 25), st.integers(0, 25))
def test_overlap_counts_the_shared_code_points(text: str, a: int, b: int, c: int, d: int) -> None:
    one, other = Span(start=min(a, b), end=max(a, b)), Span(start=min(c, d), end=max(c, d))
    assert one.overlap(other) == len(set(range(one.start, one.end)) & set(range(other.start, other.end)))
    assert one.of(text) == text[one.start : one.end]


def test_ids_are_made_from_content_alone_and_parts_do_not_run_together() -> None:
    assert stable_id("ex", "a", 1) == stable_id("ex", "a", 1)
    assert stable_id("ex", "a", 12) != stable_id("ex", "a1", 2)
    assert stable_id("ex", "a").startswith("ex_") and len(stable_id("ex", "a")) == 15


def test_nouns_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Span(start=0, end=1).start = 2  # type: ignore[misc]


def test_roles_and_participants_are_told_by_label(source: Source) -> None:
    assert [source.role_of(turn) for turn in source.turns][:2] == [Role.INTERVIEWER, Role.PARTICIPANT]
    assert source.participant_ids == ["P01", "P02"]
    assert [who for _, who in source.participant_turns()] == ["P01", "P02", "P01"]
    with pytest.raises(KeyError):
        source.speaker("Imre")


def test_the_question_before_is_the_interviewers_last_word(source: Source) -> None:
    assert [source.question_before(turn) for turn in source.turns] == ["", "Why?", "Why?", "Why?", "And?"]


def test_an_offset_finds_its_turn_or_none(source: Source) -> None:
    second = source.turns[1]
    assert source.turn_at(second.start) == second == source.turn_at(second.end - 1)
    assert source.turn_at(second.end) is None and source.turn_at(0) is None


def test_a_quote_is_cut_from_the_source_with_its_digest_and_time(source: Source) -> None:
    turn = source.turns[2]
    quote = Quote.cut(source, turn.start, turn.end, "P02")
    assert (quote.text, quote.sha256, quote.time) == ("Mostly 😀 dull.", sha256("Mostly 😀 dull."), 9.0)
    assert (quote.source_id, quote.participant_id, quote.of(source.text)) == (source.id, "P02", quote.text)
