"""The sample study was made from the published interviews, changed in nothing but its labels."""

import json
from pathlib import Path

import pytest

from app.errors import BadInput
from evals.sample import relabel, write_sample

INTERVIEW = "Assistant: Hello.\n\nReady?\n\nUser: Yes.\n\nAI:\n\nUser: I am: ready.\n\nAI: Fine.\nTell me."
WRITTEN = "Interviewer: Hello.\n\nReady?\n\nP07: Yes.\n\nP07: I am: ready.\n\nInterviewer: Fine.\nTell me.\n"


def roster(folder: Path, original: str = "work_1") -> Path:
    text = f"participant,file,original_id\nP07,transcripts/P07.txt,{original}\n"
    (folder / "participants.csv").write_text(text, encoding="utf-8")
    return folder


def published(folder: Path, line: str = json.dumps({"id": "work_1", "text": INTERVIEW})) -> Path:
    (folder / "interviews.jsonl").write_text(line + "\n", encoding="utf-8")
    return folder / "interviews.jsonl"


def test_labels_change_and_words_stay() -> None:
    assert relabel(INTERVIEW, "P07") == WRITTEN


def test_the_roster_decides_what_is_written(tmp_path: Path) -> None:
    assert write_sample(published(tmp_path), roster(tmp_path)) == 1
    assert (tmp_path / "transcripts" / "P07.txt").read_text(encoding="utf-8") == WRITTEN


def test_a_missing_interview_or_a_bad_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no interview work_2"):
        write_sample(published(tmp_path), roster(tmp_path, "work_2"))
    with pytest.raises(BadInput, match="line 1: not an interview"):
        write_sample(published(tmp_path, '{"id": 1}'), roster(tmp_path))
