"""Interviews as numbered lines: each participant's sentence once, in order, and nobody else's under a number."""

from hypothesis import given
from hypothesis import strategies as st
from small_model import INTERVIEWER, interview_of

from app.engines.base import Interview
from app.engines.llm.packing import LINE_TOKENS, Pack, pack_interviews, together

PLENTY = 10_000
ANNA = interview_of((INTERVIEWER, "How is it? Tell me."), ("P01", "It is slow. I wait."), id="a")
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
        (1, "It is slow."),
        (2, "I wait."),
        (None, "And you?"),
        (3, "It is quick."),
        (None, "Why?"),
        (4, "It runs."),
    ]


def test_a_number_leads_to_its_sentence_and_others_to_nothing() -> None:
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


def test_what_does_not_fit_begins_a_new_pack_with_numbers_of_its_own() -> None:
    first, second = pack_interviews([ANNA, BERT], 20)
    assert [one.source.id for one in first.numbered] == ["a", "a"]
    assert [number for number, _ in shown(second)] == [None, 1, None, 2]
    assert (first.source_ids, second.source_ids) == (("a",), ("b",))


def test_an_interview_longer_than_a_pack_is_parted_between_turns() -> None:
    answers = [(f"P0{1}", f"First point {row}. Second point {row}.") for row in range(6)]
    long = interview_of(*(turn for answer in answers for turn in ((INTERVIEWER, "Go on."), answer)))
    packs = pack_interviews([long], 30)
    assert len(packs) > 1
    turns = [{one.sentence.turn for one in pack.numbered} for pack in packs]
    assert not any(a & b for place, a in enumerate(turns) for b in turns[place + 1 :])


def test_what_only_an_interviewer_says_is_not_asked_about() -> None:
    assert pack_interviews([interview_of((INTERVIEWER, "Is anybody there?"))], PLENTY) == []
    assert pack_interviews([], PLENTY) == []


def test_together_is_from_the_first_start_to_the_last_end() -> None:
    (pack,) = pack_interviews([ANNA], PLENTY)
    assert together(pack.numbered).of(ANNA.source.text) == "It is slow. I wait."


SENTENCE = st.sampled_from(["It is slow.", "We wait for days.", "Nobody calls me back about it.", "Fine."])
TURN = st.tuples(st.sampled_from([INTERVIEWER, "P01", "P02"]), st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join))
TALK = st.lists(TURN, min_size=1, max_size=12)


@given(st.lists(TALK, max_size=4), st.integers(min_value=1, max_value=120))
def test_each_sentence_is_read_once_whatever_the_size_of_packs(talks: list[list[tuple[str, str]]], most: int) -> None:
    interviews = [interview_of(*turns, id=f"s{row}") for row, turns in enumerate(talks)]
    packs = pack_interviews(interviews, most)
    read = [(one.source.id, one.sentence.number) for pack in packs for one in pack.numbered]
    assert read == [(one.source.id, number) for one in interviews for number in _of_participants(one)]


@given(st.lists(TALK, max_size=4), st.integers(min_value=1, max_value=120))
def test_a_pack_holds_no_more_than_it_may_but_for_one_turn(talks: list[list[tuple[str, str]]], most: int) -> None:
    interviews = [interview_of(*turns, id=f"s{row}") for row, turns in enumerate(talks)]
    for pack in pack_interviews(interviews, most):
        size = sum(len(text) // 4 + LINE_TOKENS for _, text in shown(pack))
        assert size <= most or len({(one.source.id, one.sentence.turn) for one in pack.numbered}) == 1


def _of_participants(interview: Interview) -> list[int]:
    spoken = {turn.index for turn, _ in interview.source.participant_turns()}
    return [one.number for one in interview.sentences if one.turn in spoken]
