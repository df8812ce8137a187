"""Asking: quotes that bear on the question, cut from their sources."""

from pathlib import Path

import pytest

from app.asking import ask
from app.errors import InsufficientEvidence, NotFound
from app.intake.ingest import ingest
from app.workbench import Workbench
from retrieval.errors import IndexUnavailable
from retrieval.scope import Scope


@pytest.fixture
def asked(bench: Workbench, study: str, flowline: Path) -> str:
    names = ("transcripts/P01.txt", "transcripts/P02.vtt", "transcripts/P12.txt", "notes")
    report = ingest(bench, study, [flowline / name for name in names], participants=flowline / "participants.csv")
    assert not report.refused
    return study


def test_answers_are_verbatim_and_balanced(bench: Workbench, asked: str) -> None:
    answers = ask(bench, asked, "where is the data stored and who can open it?")
    with bench.store.transaction() as tx:
        sources = {one.id: one for one in tx.sources.all(asked)}
    for answer in answers:
        assert sources[answer.source_id].text[answer.start : answer.end] == answer.text
    speakers = [answer.participant_id for answer in answers if answer.participant_id]
    assert max(speakers.count(one) for one in speakers) <= 3
    assert {"P02", "P12"} <= set(speakers)


def test_an_answer_that_is_understood_by_the_talk_around_it_is_given(bench: Workbench, asked: str) -> None:
    answers = ask(bench, asked, "where is the data stored and who can open it?")
    short = next(answer for answer in answers if "nobody from outside holding a key" in answer.text)
    assert short.before.endswith("Moderator: Is it a no?\n\nRespondent:")


def test_one_participant_only(bench: Workbench, asked: str) -> None:
    scope = Scope(people=frozenset({"P12"}))
    answers = ask(bench, asked, "who can open the building where the data is?", scope=scope)
    assert {one.participant_id for one in answers} == {"P12"}


@pytest.mark.parametrize("name", ["Tyler", "Frau Oelze", "skillingsboller?"])
def test_who_types_a_name_finds_it(bench: Workbench, asked: str, name: str) -> None:
    assert any(name.split()[-1].lower().rstrip("?") in answer.text.lower() for answer in ask(bench, asked, name))


@pytest.mark.parametrize(
    "question",
    [
        "quantum chromodynamics of gluons",
        "how tall is mount everest",
        "who won the war of roses",
        "asdf qwerz uiop",
        "🤖",
        "?!",
        "",
    ],
)
def test_nothing_said_is_said_so(bench: Workbench, asked: str, question: str) -> None:
    with pytest.raises(InsufficientEvidence, match="Try other words, or put the question to the next participant"):
        ask(bench, asked, question)


def test_nothing_within_the_filters_is_said_so(bench: Workbench, asked: str) -> None:
    with pytest.raises(InsufficientEvidence, match="fewer filters"):
        ask(bench, asked, "where is the data stored?", scope=Scope(people=frozenset()))


def test_unknown_study(bench: Workbench) -> None:
    with pytest.raises(NotFound):
        ask(bench, "nope", "anything")


def test_a_study_that_is_not_in_the_index_says_what_to_do(bench: Workbench, asked: str) -> None:
    bench.index.drop(asked)
    with pytest.raises(IndexUnavailable, match="dramatis reindex"):
        ask(bench, asked, "who can open the data?")
