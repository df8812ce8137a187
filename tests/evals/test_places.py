"""Where planted words stand, and how much of them evidence covers."""

import pytest
from small_cast import ANSWERS, QUESTION, SOURCES
from small_planted import coded, places, planted

from evals.places import Places
from retrieval.evidence import Quote

TWO = "I check every line twice. Nobody else reads it."


@pytest.mark.parametrize(
    ("quotes", "share"),
    [
        pytest.param([TWO], 1.0, id="all of it"),
        pytest.param(["I check every line twice."], 25 / 47, id="the first sentence"),
        pytest.param(["I check every line twice.", "every line"], 25 / 47, id="what is marked twice counts once"),
        pytest.param(["I check every line twice.", "Nobody else reads it."], 46 / 47, id="two pieces together"),
        pytest.param(["We decide in June."], 0.0, id="words beside it"),
        pytest.param([], 0.0, id="nothing"),
    ],
)
def test_the_share_covered_is_that_of_the_planted_characters(quotes: list[str], share: float) -> None:
    (place,) = places().find("P01.txt", TWO, "P01").places
    assert place.covered([coded("P01", words, "behavior").quote for words in quotes]) == pytest.approx(share)


def test_white_space_may_differ_in_the_stored_text() -> None:
    assert places().find("P01.txt", "I check  every\nline twice.", "P01").places


@pytest.mark.parametrize("file", ["P01.txt", "transcripts/P01.txt"])
def test_a_file_is_known_by_its_path_or_its_last_part(file: str) -> None:
    assert places().find(file, TWO, "P01").places


@pytest.mark.parametrize(
    ("file", "words", "person", "lost"),
    [
        pytest.param("P09.txt", TWO, "P01", "not imported", id="no such file"),
        pytest.param("P01.txt", "Our cows have wings and pay rent.", "P01", "not in the stored", id="no such words"),
        pytest.param("P01.txt", QUESTION, "P01", "somebody else", id="words of the interviewer"),
    ],
)  # fmt: skip
def test_what_cannot_be_found_says_why(file: str, words: str, person: str, lost: str) -> None:
    found = places().find(file, words, person)
    assert found.places == []
    assert lost in found.lost


def test_the_only_person_heard_in_a_file_is_the_planted_one() -> None:
    source = SOURCES["P01"]
    renamed = source.model_copy(
        update={"speakers": [source.speakers[0], source.speakers[1].model_copy(update={"participant_id": "Ana"})]}
    )
    room = Places([renamed], planted())
    assert room.find("P01.txt", TWO, "P01").participant_id == "Ana"
    assert room.id_of("P01") == "Ana"
    assert room.id_of("P02") == "P02", "whose file is not there keeps the planted id"


def test_of_words_said_twice_the_place_that_is_covered_counts() -> None:
    text = SOURCES["P01"].text.replace("We decide in June.", "Nobody else reads it.")
    last = SOURCES["P01"].turns[-1]
    turns = [SOURCES["P01"].turns[0], last.model_copy(update={"end": last.start + len(ANSWERS["P01"]) + 3})]
    source = SOURCES["P01"].model_copy(update={"text": text, "turns": turns})
    start = text.rindex("Nobody else reads it.")
    second = Quote.cut(source, start, start + 21, "P01")
    _, share = Places([source], planted()).find("P01.txt", "Nobody else reads it.", "P01").best([second])
    assert share == 1.0


@pytest.mark.parametrize(
    ("words", "touches"),
    [
        pytest.param("I check every line twice.", True, id="a sentence of it"),
        pytest.param("every line", True, id="words of it"),
        pytest.param("We decide in June.", False, id="the sentence after"),
        pytest.param("It is my name on the report. I check", False, id="a sentence before and two words of it"),
    ],
)
def test_a_piece_of_evidence_touches_what_it_mostly_lies_in(words: str, touches: bool) -> None:
    found = places().find("P01.txt", TWO, "P01")
    assert found.touched_by(coded("P01", words, "behavior").quote) is touches
    assert not found.touched_by(coded("P02", "My boss signs.", "behavior").quote)
