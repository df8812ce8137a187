"""Uploads: kept by what they hold, gone once imported, with a report that goes when somebody withdraws."""

from io import BytesIO

import pytest

from app.errors import BadInput, NotFound, TooLarge
from app.intake.report import IngestReport
from app.intake.uploads import Upload, UploadWishes, drop_reports, find_upload, keep_upload
from app.settings import Settings

LIMIT = 1000


def sent(settings: Settings, *files: tuple[str, bytes], interviewer: str | None = None) -> Upload:
    wishes = UploadWishes(interviewer=interviewer)
    return keep_upload(settings, "s", [(name, BytesIO(raw)) for name, raw in files], wishes, LIMIT)


def test_the_same_files_are_the_same_upload(settings: Settings) -> None:
    first, again = (sent(settings, ("a.txt", b"1"), ("b.txt", b"2")) for _ in range(2))
    assert first.id == again.id == sent(settings, ("b.txt", b"2"), ("a.txt", b"1")).id
    others = [sent(settings, ("a.txt", b"1")), sent(settings, ("a.txt", b"1"), interviewer="X")]
    assert len({first.id, *(one.id for one in others)}) == 3
    assert [path.name for path in first.paths()] == ["a.txt", "b.txt"]
    assert others[1].wishes().interviewer == "X"


def test_files_in_folders_are_imported_as_a_folder(settings: Settings) -> None:
    upload = sent(settings, ("notes/a.txt", b"1"), ("b.txt", b"2"))
    [root] = upload.paths()
    assert (root / "notes" / "a.txt").read_bytes() == b"1"


def test_once_imported_only_the_report_is_left(settings: Settings) -> None:
    upload = sent(settings, ("a.txt", b"1"))
    assert upload.report() is None
    upload.settle(IngestReport(imported=["a.txt"]))
    found = find_upload(settings, "s", upload.id)
    assert found.paths() == [] and (found.report() or {})["imported"] == ["a.txt"]
    drop_reports(settings, "s", but=upload.id)
    assert found.report() is not None
    drop_reports(settings, "s", but="other")
    assert found.report() is None


@pytest.mark.parametrize(
    "name", ["", "..", "../a", "/a", "a/../../b", ".a", "a\0b", "..\\a", "x" * 201, "a/" * 20 + "b"]
)
def test_a_name_that_is_no_plain_one_is_refused(settings: Settings, name: str) -> None:
    with pytest.raises(BadInput, match="plain"):
        sent(settings, (name, b"1"))
    assert not [path for path in settings.uploads.rglob("*") if path.is_file()]


def test_too_much_nothing_and_twice_the_same_are_refused(settings: Settings) -> None:
    with pytest.raises(TooLarge):
        sent(settings, ("a", b"x" * 600), ("b", b"x" * 600))
    with pytest.raises(BadInput, match="at least one"):
        sent(settings)
    with pytest.raises(BadInput, match="twice"):
        sent(settings, ("a", b"1"), ("a", b"2"))
    assert not [path for path in settings.uploads.rglob("*") if path.is_file()]


@pytest.mark.parametrize("id", ["..", "none", "a/b", ""])
def test_an_unknown_upload_is_not_found(settings: Settings, id: str) -> None:
    sent(settings, ("a.txt", b"1"))
    with pytest.raises(NotFound):
        find_upload(settings, "s", id)
