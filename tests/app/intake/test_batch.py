"""Which files a user means."""

from pathlib import Path

import pytest

from app.errors import BadInput
from app.intake.batch import gather
from evals.bench.sample_files import zipped
from retrieval.evidence import SourceKind


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_a_folder_is_sorted_into_what_it_holds(tmp_path: Path) -> None:
    touch(tmp_path, "transcripts/P01.txt", "notes/call.md", "participants.csv", "study.yaml", "crm.csv", "README.md",
          "plan.pptx", ".git/config.txt")  # fmt: skip
    batch = gather([tmp_path])
    assert [(one.name, one.kind) for one in batch.files] == [
        ("crm.csv", SourceKind.INTERVIEW),
        ("notes/call.md", SourceKind.NOTE),
        ("transcripts/P01.txt", SourceKind.INTERVIEW),
    ]
    assert batch.participants is not None and batch.participants.path == tmp_path / "participants.csv"
    assert batch.skipped == ["README.md", "plan.pptx"]


def test_a_file_named_by_the_user_is_never_skipped(tmp_path: Path) -> None:
    touch(tmp_path, "slides.pptx")
    assert [one.name for one in gather([tmp_path / "slides.pptx"]).files] == ["slides.pptx"]


def test_kind_and_table_given_by_the_user_win(tmp_path: Path) -> None:
    touch(tmp_path, "a/talk.txt", "a/participants.csv", "b/mine.csv")
    batch = gather([tmp_path / "a"], SourceKind.NOTE, tmp_path / "b" / "mine.csv")
    assert batch.files[0].kind is SourceKind.NOTE
    assert batch.participants is not None and batch.participants.path == tmp_path / "b" / "mine.csv"


@pytest.mark.parametrize("name", ["participants.csv", "Participants.xlsx", "participants.tsv"])
def test_the_participants_table_may_be_of_any_table_format(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    batch = gather([tmp_path])
    assert batch.files == [] and batch.participants is not None and batch.participants.name == name


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


@pytest.mark.parametrize(
    ("name", "kind"),
    [("mail.eml", SourceKind.NOTE), ("page.html", SourceKind.NOTE), ("transcripts/page.html", SourceKind.INTERVIEW)],
)
def test_messages_and_pages_are_notes_unless_their_folder_says_else(
    tmp_path: Path, name: str, kind: SourceKind
) -> None:
    touch(tmp_path, name)
    assert gather([tmp_path]).files[0].kind is kind


FILES = {"s/P01.txt": b"1", "s/notes/a.md": b"2", "s/participants.csv": b"3", "s/README.md": b"4", "s/in.zip": b"5"}


def test_a_zip_is_sorted_like_the_folder_it_was(tmp_path: Path) -> None:
    (tmp_path / "calls.zip").write_bytes(zipped(FILES))
    batch = gather([tmp_path / "calls.zip"])
    assert [(one.name, one.kind, one.load()) for one in batch.files] == [
        ("P01.txt", SourceKind.INTERVIEW, b"1"), ("notes/a.md", SourceKind.NOTE, b"2"),
    ]  # fmt: skip
    assert batch.participants is not None and batch.participants.load() == b"3"
    assert batch.skipped == ["README.md"]
    assert "in.zip: this is a zip inside a zip" in str(batch.refused[0])
    batch.close()


def test_a_zip_in_a_folder_stays_in_the_names_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "calls.zip").write_bytes(zipped({"P01.txt": b"1"}))
    batch = gather([tmp_path])
    assert [one.name for one in batch.files] == ["more/calls.zip/P01.txt"]
    batch.close()


def test_a_zip_that_may_not_be_opened_is_reported(tmp_path: Path) -> None:
    (tmp_path / "calls.zip").write_bytes(b"rubbish")
    touch(tmp_path, "P01.txt")
    batch = gather([tmp_path])
    assert [one.name for one in batch.files] == ["P01.txt"] and "not a zip archive" in str(batch.refused[0])
    batch.close()
