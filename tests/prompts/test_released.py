"""A released prompt is never edited: what a persona records is what was sent."""

import hashlib
from pathlib import Path

import pytest

from prompts import PromptError
from prompts.library import FOLDER
from prompts.released import altered


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One prompt, released as it is."""
    raw = (FOLDER / "judge_claim.v1.md.j2").read_bytes()
    (tmp_path / "judge_claim.v1.md.j2").write_bytes(raw)
    sha = hashlib.sha256(raw).hexdigest()
    (tmp_path / "RELEASED").write_text(f"# released\njudge_claim@v1 {sha}\n", encoding="utf-8")
    return tmp_path


def test_no_released_prompt_of_the_house_was_edited() -> None:
    assert altered(FOLDER) == []


def test_a_released_prompt_left_alone_passes(folder: Path) -> None:
    assert altered(folder) == []


def test_an_edited_one_is_named(folder: Path) -> None:
    path = folder / "judge_claim.v1.md.j2"
    path.write_text(path.read_text(encoding="utf-8").replace("senior", "junior"), encoding="utf-8")
    assert altered(folder) == ["judge_claim@v1"]


def test_one_that_is_gone_is_named(folder: Path) -> None:
    (folder / "judge_claim.v1.md.j2").unlink()
    assert altered(folder) == ["judge_claim@v1"]


def test_a_line_that_is_no_entry_is_refused(folder: Path) -> None:
    (folder / "RELEASED").write_text("judge_claim v1\n", encoding="utf-8")
    with pytest.raises(PromptError, match="no entry"):
        altered(folder)
