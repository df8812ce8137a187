"""The truth of a planted study: what may be missing, who is left out, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
from small_planted import planted, statement, theme, write_study

from app.errors import BadInput
from evals.planted import digest_of, participants_of, read_planted
from retrieval.errors import UnreadableSource

TABLE = (
    "participant,file,role,consent\nP01,transcripts/P01.txt,Clerk,research\nP02,transcripts/P02.txt,Clerk,withdrawn\n"
)
SAID = [statement("s1", "P01", "I check every line twice.", "behavior", theme="t1"),
        statement("s2", "P02", "I check the figures by hand.", "behavior", theme="t1")]  # fmt: skip


def test_a_truth_may_hold_nothing(tmp_path: Path) -> None:
    read = read_planted(write_study(tmp_path / "study", {"macro": None, "themes": []}))
    assert (read.macro, read.themes, read.statements, read.withdrawn) == ([], [], [], [])


def test_consent_in_the_table_takes_a_participant_out(tmp_path: Path) -> None:
    read = read_planted(
        write_study(tmp_path / "study", {"statements": SAID, "themes": [theme("t1", "behavior")]}, TABLE)
    )
    assert read.withdrawn == ["P02"]
    assert [one.id for one in read.heard] == ["s1"]
    assert [one.id for one in read.said(read.themes[0])] == ["s1"]
    assert read.files["P01"] == "transcripts/P01.txt"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("P02", id="one id"),
        pytest.param(["P02"], id="ids"),
        pytest.param([{"participant": "P02", "file": "P02.txt"}], id="objects"),
    ],
)
def test_withdrawn_may_be_written_in_several_ways(written: Any) -> None:
    assert planted(withdrawn=written).withdrawn == ["P02"]


def test_words_in_a_withdrawn_participants_file_take_no_part() -> None:
    words = [{"file": "P01.txt", "text": "rain"}, {"file": "P02.txt", "text": "cows"},
             {"file": "notes/x.txt", "participant": "P02", "text": "Ana"}]  # fmt: skip
    truth = planted(withdrawn=["P02"], distractors=words)
    assert [one.text for one in truth.taking_part(truth.distractors)] == ["rain"]


@pytest.mark.parametrize(
    "speakers",
    [
        pytest.param({"P01.txt": {"participant": "P01", "interviewer": "Dana"}}, id="by file"),
        pytest.param([{"file": "P01.txt", "participant": "P01", "interviewer": ["Dana"]}], id="a list"),
    ],
)
def test_labels_of_interviewers_are_read(speakers: Any) -> None:
    assert planted(speakers=speakers).interviewers == {"P01.txt": {"Dana"}}


def test_contradicting_pairs_are_told_once_and_only_where_both_were_said() -> None:
    themes = [theme("t1", "behavior", "t2", "t3"), theme("t2", "objection", "t1"), theme("t3", "budget", "t1")]
    said = [SAID[0], statement("s3", "P02", "My boss signs.", "objection", theme="t2")]
    assert [(a.id, b.id) for a, b in planted(themes=themes, statements=said).pairs] == [("t1", "t2")]


def test_a_table_of_participants_is_not_needed(tmp_path: Path) -> None:
    assert participants_of(write_study(tmp_path / "study", {})) == []


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "study", {})
    before = digest_of(folder)
    (folder / "truth.json").write_text('{"themes": []}', encoding="utf-8")
    assert digest_of(folder) != before
    assert len(digest_of(folder / "truth.json")) == 12


@pytest.mark.parametrize(
    ("truth", "words"),
    [
        pytest.param({"statements": [{"id": "s1"}]}, "statements.0.participant", id="a statement of nobody"),
        pytest.param([], "Correct the truth", id="not an object"),
    ],
)
def test_a_truth_that_cannot_be_used_is_refused_with_its_place(tmp_path: Path, truth: Any, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_planted(write_study(tmp_path / "study", truth))


def test_a_folder_without_truth_is_no_planted_study(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"truth\.json"):
        read_planted(tmp_path)


def test_a_truth_that_is_no_json_is_refused(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "study", {})
    (folder / "truth.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="not JSON"):
        read_planted(folder)
