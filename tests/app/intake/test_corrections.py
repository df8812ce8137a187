"""What the user says about speakers is remembered. All examples are invented."""

from pathlib import Path

import pytest

from app.intake.ingest import ingest
from app.workbench import Workbench
from retrieval.evidence import Correction, Role, Source

TALK = (
    "Alex: What do you do?\nSam: I run the plant, and I ask myself why?\nAlex: And?\n"
    "Host: One more?\nSam: Fine.\nHost: Thanks.\n"
)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def stored(bench: Workbench, study: str) -> Source:
    with bench.store.transaction() as tx:
        [source] = tx.sources.all(study)
    return source


def interviewers(source: Source) -> list[str]:
    return [speaker.label for speaker in source.speakers if speaker.role is Role.INTERVIEWER]


def test_the_interviewer_named_once_stays_named(bench: Workbench, study: str, talk: Path) -> None:
    ingest(bench, study, [talk], interviewer="Sam")
    assert interviewers(stored(bench, study))[0] == "Sam"
    assert ingest(bench, study, [talk]).unchanged == ["talk.txt"]
    talk.write_text(TALK.replace("Fine.", "All fine."), encoding="utf-8")
    assert ingest(bench, study, [talk]).replaced == ["talk.txt"]
    assert interviewers(stored(bench, study))[0] == "Sam"
    assert stored(bench, study).correction == Correction(interviewer="Sam")


def test_a_later_word_goes_before_an_earlier_one(bench: Workbench, study: str, talk: Path) -> None:
    ingest(bench, study, [talk], interviewer="Sam")
    ingest(bench, study, [talk], interviewer="Alex")
    assert "Alex" in interviewers(stored(bench, study)) and "Sam" not in interviewers(stored(bench, study))


def test_two_labels_of_one_speaker_stay_one(bench: Workbench, study: str, talk: Path) -> None:
    ingest(bench, study, [talk], same={"Host": "Alex"})
    assert [speaker.label for speaker in stored(bench, study).speakers] == ["Alex", "Sam"]
    talk.write_text(TALK + "Sam: Bye.\n", encoding="utf-8")
    ingest(bench, study, [talk])
    assert [speaker.label for speaker in stored(bench, study).speakers] == ["Alex", "Sam"]


def test_what_does_not_hold_for_a_file_is_not_kept_with_it(bench: Workbench, study: str, talk: Path) -> None:
    report = ingest(bench, study, [talk], interviewer="Imre", same={"Nobody": "Noone"})
    assert stored(bench, study).correction is None
    assert any("Imre" in repair for repair in report.repairs)


def test_a_changed_file_says_what_changed(bench: Workbench, study: str, talk: Path) -> None:
    ingest(bench, study, [talk])
    talk.write_text(TALK.replace("Fine.", "All fine.") + "Sam: Bye.\n", encoding="utf-8")
    assert ingest(bench, study, [talk]).changes == ["talk.txt: 2 turns new, 1 gone, 5 as before"]
    [change] = ingest(bench, study, [talk], interviewer="Sam").changes
    assert "Sam is now the interviewer" in change
