"""Which files a user means."""

from pathlib import Path

import pytest

from app.errors import BadInput
from app.intake.batch import gather
from retrieval.evidence import SourceKind


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_a_folder_is_sorted_into_what_it_holds(tmp_path: Path) -> None:
    touch(tmp_path, "transcripts/P01.txt", "notes/call.md", "participants.csv", "study.yaml", "crm.csv", "README.md",
          ".git/config.txt")  # fmt: skip
    batch = gather([tmp_path])
    assert [(one.name, one.kind) for one in batch.files] == [
        ("notes/call.md", SourceKind.NOTE),
        ("transcripts/P01.txt", SourceKind.INTERVIEW),
    ]
    assert batch.participants == tmp_path / "participants.csv"
    assert batch.study == tmp_path / "study.yaml"
    assert batch.skipped == ["README.md", "crm.csv"]


def test_a_file_named_by_the_user_is_never_skipped(tmp_path: Path) -> None:
    touch(tmp_path, "slides.pptx")
    assert [one.name for one in gather([tmp_path / "slides.pptx"]).files] == ["slides.pptx"]


def test_kind_and_table_given_by_the_user_win(tmp_path: Path) -> None:
    touch(tmp_path, "a/talk.txt", "a/participants.csv", "b/mine.csv")
    batch = gather([tmp_path / "a"], SourceKind.NOTE, tmp_path / "b" / "mine.csv")
    assert batch.files[0].kind is SourceKind.NOTE
    assert batch.participants == tmp_path / "b" / "mine.csv"


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such file"):
        gather([tmp_path / "gone"])
