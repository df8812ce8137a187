"""Interviews as numbered lines: each participant's sentence once, in order, short ones together, nobody else's under
a number."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_model import INTERVIEWER, interview_of

from app.engines.base import Interview
from app.engines.llm.budget import CHARACTERS_PER_TOKEN
from app.engines.llm.packing import FEWEST_WORDS, LINE_TOKENS, Pack, pack_interviews, together

PLENTY = 10_000
SLOW, WAIT = "It is slow on every day of the week.", "I wait until somebody from upstairs calls me back."
ANNA = interview_of((INTERVIEWER, "How is it? Tell me."), ("P01", f"{SLOW} {WAIT}"), id="a")
BERT = interview_of(
    (INTERVIEWER, "And you?"), ("P02", "It is quick."), (INTERVIEWER, "Why?"), ("P02", "It runs."), id="b"
)


def shown(pack: Pack) -> list[tuple[int | None, str]]:
    return [(line.number, line.text) for block in pack.interviews for line in block.lines]


def test_numbers_run_through_and_the_interviewer_has_none() -> None:
    (pack,) = pack_interviews([ANNA, BERT], PLENTY)
    assert [block.participant for block in pack.interviews] == ["P01", "P02"]
    assert shown(pack) == [
        (None, "How is it? Tell me."),
        (1, SLOW),
        (2, WAIT),
        (None, "And you?"),
        (3, "It is quick."),
        (None, "Why?"),
        (4, "It runs."),
    ]


def test_a_number_leads_to_its_line_and_others_to_nothing() -> None:
    (pack,) = pack_interviews([ANNA, BERT], PLENTY)
    found = pack.at(3)
    assert found is not None
    assert (found.participant_id, found.text, found.source.id) == ("P02", "It is quick.", "b")
    assert [pack.at(number) for number in (0, -1, -4, 5, 10**9)] == [None] * 5


def test_several_participants_of_one_source_have_blocks_of_their_own() -> None:
    both = interview_of((INTERVIEWER, "How is it?"), ("P01", "Slow."), ("P02", "Not for me."), ("P01", "Ha."))
    (pack,) = pack_interviews([both], PLENTY)
    assert [block.participant for block in pack.interviews] == ["P01", "P02", "P01"]
    assert [one.participant_id for one in pack.numbered] == ["P01", "P02", "P01"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        pytest.param("No. Never.", ["No. Never."], id="all short"),
        pytest.param(f"No. {SLOW} {WAIT}", [f"No. {SLOW}", WAIT], id="a short one goes with the next"),
        pytest.param(f"{SLOW} {WAIT} Never.", [SLOW, f"{WAIT} Never."], id="a short last one with the line before it"),
        pytest.param(f"No. No. No. {SLOW}", [f"No. No. No. {SLOW}"], id="until the line is long enough"),
        pytest.param("We wait for days. Nobody calls me back. Fine.", ["We wait for days. Nobody calls me back. Fine."],
                     id="eight words in two sentences"),
        pytest.param(
            f"We wait. Nobody calls me back about it. {SLOW}", ["We wait. Nobody calls me back about it.", SLOW],
            id="and no more than that",
        ),
    ],
)  # fmt: skip
def test_short_sentences_of_a_turn_share_a_line(words: str, lines: list[str]) -> None:
    (pack,) = pack_interviews([interview_of((INTERVIEWER, "And?"), ("P01", words))], PLENTY)
    assert [one.text for one in pack.numbered] == lines


def test_a_line_holds_sentences_of_one_turn_and_knows_its_place_in_the_source() -> None:
    both = interview_of(("P01", "No."), ("P02", "Never."), ("P01", f"{SLOW} {WAIT}"), id="c")
    (pack,) = pack_interviews([ANNA, both], PLENTY)
    assert [(one.source.id, one.turn, one.place) for one in pack.numbered] == [
        ("a", 1, 0), ("a", 1, 1), ("c", 0, 0), ("c", 1, 1), ("c", 2, 2), ("c", 2, 3),
    ]  # fmt: skip


def test_packs_are_about_equally_full() -> None:
    talks = [interview_of((INTERVIEWER, "And?"), ("P01", f"{SLOW} {WAIT}"), id=f"s{row}") for row in range(10)]
    whole = _size(pack_interviews(talks, PLENTY)[0])
    sizes = [_size(pack) for pack in pack_interviews(talks, whole * 9 // 10)]
    assert len(sizes) == 2 and max(sizes) - min(sizes) <= whole / 10, "not nine in one and one in the other"


@pytest.mark.parametrize(
    ("words", "shown_words"),
    [
        pytest.param("Mm. Right. Sure.", False, id="a nod"),
        pytest.param("Mm. Then tell me.", True, id="four words may say something"),
        pytest.param("Which one?", True, id="a question, however short"),
    ],
)
def test_an_interviewer_who_only_nods_is_not_shown(words: str, shown_words: bool) -> None:
    talk = interview_of((INTERVIEWER, "How is it?"), ("P01", SLOW), (INTERVIEWER, words), ("P01", WAIT))
    (pack,) = pack_interviews([talk], PLENTY)
    assert ((None, words) in shown(pack)) is shown_words
    assert [one.text for one in pack.numbered] == [SLOW, WAIT], "what stands around it keeps its lines"


def test_a_nod_of_the_participant_is_theirs() -> None:
    (pack,) = pack_interviews([interview_of((INTERVIEWER, "Is it slow?"), ("P01", "Yes. Very."))], PLENTY)
    assert [one.text for one in pack.numbered] == ["Yes. Very."]


def test_what_does_not_fit_begins_a_new_pack_with_numbers_of_its_own() -> None:
    first, second = pack_interviews([ANNA, BERT], 40)
    assert [one.source.id for one in first.numbered] == ["a", "a"]
    assert [number for number, _ in shown(second)] == [None, 1, None, 2]
    assert (first.source_ids, second.source_ids) == (("a",), ("b",))


def test_an_interview_longer_than_a_pack_is_parted_between_turns() -> None:
    answers = [
        ("P01", f"The first point is this one, number {row}. A second point is that one, number {row}.")
        for row in range(6)
    ]
    long = interview_of(*(turn for answer in answers for turn in ((INTERVIEWER, "Go on."), answer)))
    packs = pack_interviews([long], 60)
    assert len(packs) > 1
    turns = [{one.turn for one in pack.numbered} for pack in packs]
    assert not any(a & b for place, a in enumerate(turns) for b in turns[place + 1 :])


def test_what_only_an_interviewer_says_is_not_asked_about() -> None:
    assert pack_interviews([interview_of((INTERVIEWER, "Is anybody there?"))], PLENTY) == []
    assert pack_interviews([], PLENTY) == []


def test_together_is_from_the_first_start_to_the_last_end() -> None:
    (pack,) = pack_interviews([ANNA], PLENTY)
    assert together(pack.numbered).of(ANNA.source.text) == f"{SLOW} {WAIT}"


SENTENCE = st.sampled_from(["It is slow.", "We wait for days.", "Nobody calls me back about it.", "Fine.", SLOW])
TURN = st.tuples(st.sampled_from([INTERVIEWER, "P01", "P02"]), st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join))
TALK = st.lists(TURN, min_size=1, max_size=12)
TALKS = st.lists(TALK, max_size=4).map(
    lambda talks: [interview_of(*turns, id=f"s{row}") for row, turns in enumerate(talks)]
)
MOST = st.integers(min_value=1, max_value=120)


@given(TALKS, MOST)
def test_each_sentence_is_read_once_whatever_the_size_of_packs(interviews: list[Interview], most: int) -> None:
    lines = [line for pack in pack_interviews(interviews, most) for line in pack.numbered]
    read = [(line.source.id, one.number) for line in lines for one in line.sentences]
    assert read == [(one.source.id, number) for one in interviews for number in _of_participants(one)]


@given(TALKS, MOST)
def test_the_lines_of_a_turn_are_its_words(interviews: list[Interview], most: int) -> None:
    told: dict[tuple[str, int, str], list[str]] = {}
    for pack in pack_interviews(interviews, most):
        texts = {line.number: (block.participant, line.text) for block in pack.interviews for line in block.lines}
        for number, line in enumerate(pack.numbered, 1):
            person, text = texts[number]
            told.setdefault((line.source.id, line.turn, person), []).append(text)
    turns = [(one.source, turn, who) for one in interviews for turn, who in one.source.participant_turns()]
    spoken = {(source.id, turn.index, who): turn.of(source.text).split() for source, turn, who in turns}
    assert {key: " ".join(lines).split() for key, lines in told.items()} == spoken


@given(TALKS, MOST)
def test_a_line_is_short_only_where_its_turn_is(interviews: list[Interview], most: int) -> None:
    lines = [line for pack in pack_interviews(interviews, most) for line in pack.numbered]
    turns = Counter((line.source.id, line.turn) for line in lines)
    short = [line for line in lines if len(line.text.split()) < FEWEST_WORDS]
    assert all(turns[line.source.id, line.turn] == 1 for line in short)


@given(TALKS, MOST)
def test_a_pack_holds_no_more_than_it_may_but_for_one_turn(interviews: list[Interview], most: int) -> None:
    for pack in pack_interviews(interviews, most):
        assert _size(pack) <= most or len({(one.source.id, one.turn) for one in pack.numbered}) == 1


def _size(pack: Pack) -> int:
    return sum(len(text) // CHARACTERS_PER_TOKEN + LINE_TOKENS for _, text in shown(pack))


def _of_participants(interview: Interview) -> list[int]:
    spoken = {turn.index for turn, _ in interview.source.participant_turns()}
    return [one.number for one in interview.sentences if one.turn in spoken]
