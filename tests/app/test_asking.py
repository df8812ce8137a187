"""Asking: quotes that bear on the question, cut from their sources."""

from pathlib import Path

import pytest

from app.asking import ask
from app.errors import InsufficientEvidence, NotFound
from app.intake.ingest import ingest
from app.workbench import Workbench


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


def test_one_participant_only(bench: Workbench, asked: str) -> None:
    assert {one.participant_id for one in ask(bench, asked, "who can open the building where the data is?", people=["P12"])} == {"P12"}


def test_nothing_said_is_said_so(bench: Workbench, asked: str) -> None:
    with pytest.raises(InsufficientEvidence, match="next participant"):
        ask(bench, asked, "quantum chromodynamics of gluons")


@pytest.mark.parametrize("question", ["🤖", "?!"])
def test_nonsense_is_not_answered(bench: Workbench, asked: str, question: str) -> None:
    with pytest.raises(InsufficientEvidence):
        ask(bench, asked, question)


def test_unknown_participant(bench: Workbench, asked: str) -> None:
    with pytest.raises(NotFound, match="P02"):
        ask(bench, asked, "data centre", people=["nobody"])


def test_unknown_study(bench: Workbench) -> None:
    with pytest.raises(NotFound):
        ask(bench, "nope", "anything")
