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
        ("crm.csv", SourceKind.INTERVIEW),
        ("notes/call.md", SourceKind.NOTE),
        ("transcripts/P01.txt", SourceKind.INTERVIEW),
    ]
    assert batch.participants and batch.participants.path == tmp_path / "participants.csv"
    assert batch.skipped == ["README.md"]


def test_a_file_named_by_the_user_is_never_skipped(tmp_path: Path) -> None:
    touch(tmp_path, "slides.pptx")
    assert [one.name for one in gather([tmp_path / "slides.pptx"]).files] == ["slides.pptx"]


def test_kind_and_table_given_by_the_user_win(tmp_path: Path) -> None:
    touch(tmp_path, "a/talk.txt", "a/participants.csv", "b/mine.csv")
    batch = gather([tmp_path / "a"], SourceKind.NOTE, tmp_path / "b" / "mine.csv")
    assert batch.files[0].kind is SourceKind.NOTE
    assert batch.participants and batch.participants.path == tmp_path / "b" / "mine.csv"


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such file"):
        gather([tmp_path / "gone"])


def test_two_files_of_one_name_keep_both(tmp_path: Path) -> None:
    touch(tmp_path, "a/talk.txt", "b/talk.txt")
    assert [one.name for one in gather([tmp_path / "a", tmp_path / "b"]).files] == ["talk.txt", "b/talk.txt"]


def test_three_files_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    touch(tmp_path, "x/in/talk.txt", "y/in/talk.txt", "z/in/talk.txt")
    with pytest.raises(BadInput, match="one at a time"):
        gather([tmp_path / one / "in" for one in "xyz"])


@pytest.mark.parametrize("given", ["notes", "notes/call.md"], ids=["the folder", "a file of it"])
def test_notes_named_directly_are_notes(tmp_path: Path, given: str) -> None:
    touch(tmp_path, "notes/call.md")
    assert gather([tmp_path / given]).files[0].kind is SourceKind.NOTE
