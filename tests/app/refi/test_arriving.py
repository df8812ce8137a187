"""The doors' way in: projects among other files."""

from dataclasses import replace
from pathlib import Path

import pytest
from foreign_project import TALK, Foreign, Marked, said

from app.errors import BadInput
from app.intake.uploads import UploadWishes, find_upload, keep_upload
from app.jobs.steps import ingest as ingest_step
from app.progress import Silent
from app.refi.arriving import take_in
from app.workbench import Workbench


def names(bench: Workbench, study: str) -> list[str]:
    with bench.store.transaction() as tx:
        return [one.name for one in tx.sources.all(study)]


def test_a_project_comes_in_beside_other_files(bench: Workbench, study: str, tmp_path: Path) -> None:
    Foreign([said()]).write(tmp_path / "p.QDPX")
    (tmp_path / "P02.txt").write_text(TALK.replace("P01", "P02"), encoding="utf-8")
    report = take_in(bench, study, [tmp_path / "p.QDPX", tmp_path / "P02.txt"])
    assert report.imported == ["P01.txt", "P02.txt"]
    assert names(bench, study) == ["P01.txt", "P02.txt"]


def test_projects_of_a_folder_come_in_too(bench: Workbench, study: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    Foreign([said()]).write(tmp_path / "in" / "p.qdpx")
    (tmp_path / "in" / "photo.jpg").write_bytes(b"x")
    report = take_in(bench, study, [tmp_path / "in"])
    assert (report.imported, report.skipped) == (["P01.txt"], ["photo.jpg"])


def test_of_a_broken_project_nothing_comes_in_and_the_rest_goes_on(
    bench: Workbench, study: str, tmp_path: Path
) -> None:
    broken = replace(said("P09", TALK.replace("P01", "P09")), marked=[Marked(1, 9999)])
    Foreign([said("P08", TALK.replace("P01", "P08")), broken]).write(tmp_path / "broken.qdpx")
    Foreign([said()]).write(tmp_path / "good.qdpx")
    report = take_in(bench, study, [tmp_path / "broken.qdpx", tmp_path / "good.qdpx"])
    assert [str(one).split(",")[0] for one in report.refused] == ["broken.qdpx"]
    assert names(bench, study) == ["P01.txt"]


def test_an_upload_holds_a_project_like_any_file(bench: Workbench, study: str, tmp_path: Path) -> None:
    path = Foreign([said()]).write(tmp_path / "p.qdpx")
    with path.open("rb") as sent:
        upload = keep_upload(bench.settings, study, [("p.qdpx", sent)], UploadWishes(), 10_000_000)
    counts = ingest_step(bench, study, {"upload": upload.id}, Silent())
    assert counts["imported"] == 1
    told = find_upload(bench.settings, study, upload.id).report()
    assert told is not None
    assert "p.qdpx: codes given by people taken: 1, by Ana (1)" in told["codings"]


def test_what_is_not_there_is_told(bench: Workbench, study: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        take_in(bench, study, [tmp_path / "none.qdpx"])


def test_a_zip_that_holds_a_project_is_one(bench: Workbench, study: str, tmp_path: Path) -> None:
    report = take_in(bench, study, [Foreign([said()]).write(tmp_path / "p.zip")])
    assert names(bench, study) == ["P01.txt"]
    assert (report.imported, report.replaced, report.skipped) == (["P01.txt"], [], [])
    with bench.store.transaction() as tx:
        assert len(tx.codings.all(study)) == 1


def test_a_zip_that_is_none_is_told_of_as_always(bench: Workbench, study: str, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(b"no zip")
    [told] = take_in(bench, study, [tmp_path / "p.zip"]).refused
    assert "not a zip archive" in str(told)
