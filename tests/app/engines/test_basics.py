"""Basics: what people take for granted is told by what was asked, what is named, and how it is played down."""

import pytest
from small_study import material_of

from app.engines.basics import about_basics, basic_groups, basics_said, load_basics
from app.models.evidence import Evidence
from retrieval.embeddings import MiniLM

ASKED = "And reliability, is that important to you?"
GRANTED = "It has to work, of course. Nobody gets praise for that."
SAID = {
    "P1": GRANTED,
    "P2": "It must not crash. That goes without saying.",
    "P3": "It should not break down, but that is no reason to buy it.",
}


def asked(words: str, question: str, code: str = "decision_logic", people: int = 3) -> list[Evidence]:
    said = {person: [(own, code)] for person, own in list(SAID.items())[:people]} | {"P9": [(words, code)]}
    return [one.model_copy(update={"question": question}) for one in material_of(said).evidence]


@pytest.mark.parametrize(
    ("question", "answer", "quality"),
    [
        pytest.param(ASKED, GRANTED, "reliability", id="asked, named, played down"),
        pytest.param("What must any product have?", "It should look decent, everybody has that.", "looks", id="basics"),
        pytest.param("What has your experience been?", GRANTED, "", id="asked something else"),
        pytest.param("", GRANTED, "", id="not asked"),
        pytest.param(ASKED, "We print every Monday morning.", "", id="answered something else"),
    ],
)
def test_a_basic_is_asked_for_named_and_played_down(question: str, answer: str, quality: str, embedder: MiniLM) -> None:
    assert basics_said([question], [answer], embedder) == [quality]


def test_which_questions_ask_for_basics(embedder: MiniLM) -> None:
    questions = ["What should any tool have, as a basic?", "What would you like to be better?", ""]
    assert about_basics(questions, embedder).tolist() == [True, False, False]


def test_three_people_make_a_group_and_what_is_off_it_stays_out(embedder: MiniLM) -> None:
    [(code, group)] = basic_groups(asked("We print every Monday morning.", ASKED), embedder)
    assert code == "decision_logic"
    assert [one.participant_id for one in group] == ["P1", "P2", "P3"]


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param(asked("We print on Mondays.", ASKED, people=2), id="two people"),
        pytest.param(asked("We print on Mondays.", "What do you do on Mondays?"), id="nobody asked"),
        pytest.param(asked("We print on Mondays.", ASKED, code="budget"), id="no criterion"),
        pytest.param([], id="nothing said"),
    ],
)
def test_fewer_make_none(evidence: list[Evidence], embedder: MiniLM) -> None:
    assert basic_groups(evidence, embedder) == []


def test_every_quality_says_how_it_is_asked_for_and_answered() -> None:
    assert all(one.asked and one.said for one in load_basics().qualities.values())
