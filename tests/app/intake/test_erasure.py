"""Erasure on small imports: what the preview counts, notes about somebody, talks of several, and the command."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import erasure, root
from app.intake.erasure import erase_participant, erase_source, preview_erasure, preview_removal
from app.intake.ingest import ingest
from app.intake.uploads import UploadWishes, keep_upload
from app.workbench import Workbench

FILES = {
    "P01.txt": "Interviewer: What is it like?\n\nP01: The zebra scanner loses every third pallet we load.\n",
    "P02.txt": "Interviewer: And you?\n\nP02: I never count anything at all.\n",
    "group.txt": "Interviewer: Both of you?\n\nP01: We quarrel about it.\n\nP02: Only on Mondays.\n",
    "notes/call.txt": "Called Fjordlast about the offer; they hesitate.\n",
    "notes/other.txt": "Called somebody else.\n",
    "participants.csv": "participant,file,account,consent\nP01,P01.txt,Fjordlast,research\n"
    "P02,P02.txt,Umberline,research\n",
}


@pytest.fixture
def people(bench: Workbench, study: str, tmp_path: Path) -> str:
    folder = tmp_path / "in"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    ingest(bench, study, [folder])
    return study


def names(bench: Workbench, study: str) -> list[str]:
    with bench.store.transaction() as tx:
        return [one.name for one in tx.sources.all(study)]


def test_notes_about_somebody_and_talks_of_several_go_too(bench: Workbench, people: str) -> None:
    before = preview_erasure(bench, people, "P01")
    assert {one.name for one in before.sources} == {"P01.txt", "group.txt", "notes/call.txt"}
    assert (before.notes, before.also_heard, before.accounts, before.left) == (1, ["P02"], 1, 2)
    assert names(bench, people) and preview_erasure(bench, people, "P01") == before
    assert erase_participant(bench, people, "P01").gone == before
    assert names(bench, people) == ["P02.txt", "notes/other.txt"]
    with bench.store.transaction() as tx:
        assert [one.id for one in tx.participants.all(people)] == ["P02"]


def test_whoever_was_erased_is_not_imported_again(bench: Workbench, people: str, tmp_path: Path) -> None:
    erase_participant(bench, people, "P01")
    report = ingest(bench, people, [tmp_path / "in" / "P01.txt"])
    assert report.withheld == ["P01.txt: consent withdrawn"] and not report.imported


def test_uploads_and_reports_go_since_they_may_name_anybody(bench: Workbench, people: str, tmp_path: Path) -> None:
    with (tmp_path / "in" / "P01.txt").open("rb") as file:
        keep_upload(bench.settings, people, [("P01.txt", file)], UploadWishes(), 10_000)
    assert preview_erasure(bench, people, "P01").uploads == 2
    erase_participant(bench, people, "P01")
    assert not list(bench.settings.uploads.rglob("*.txt"))


def test_a_source_that_is_removed_may_be_imported_again(bench: Workbench, people: str, tmp_path: Path) -> None:
    with bench.store.transaction() as tx:
        source = tx.sources.id_of(people, "P02.txt") or ""
    before = preview_removal(bench, people, source)
    assert (before.participants, before.left) == ([], 4)
    assert erase_source(bench, people, source).gone == before
    assert "P02.txt" not in names(bench, people)
    assert ingest(bench, people, [tmp_path / "in" / "P02.txt"]).imported == ["P02.txt"]


def test_the_command_shows_what_goes_and_asks(bench: Workbench, people: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "open_bench", lambda: bench)
    monkeypatch.setenv("COLUMNS", "160")
    asked = CliRunner().invoke(root, ["erase", people, "--participant", "P01"], input="n\n")
    assert asked.exit_code == 1 and "Sources" in asked.output and "Also heard there: P02" in asked.output
    assert "P01.txt" in names(bench, people)
    done = CliRunner().invoke(root, ["erase", people, "--participant", "P01", "--yes"])
    assert done.exit_code == 0 and "3 sources went, 2 are left" in done.output
    assert CliRunner().invoke(root, ["erase", people, "--source", "notes/other.txt", "--yes"]).exit_code == 0
    assert names(bench, people) == ["P02.txt"]
    assert CliRunner().invoke(root, ["erase", people]).exit_code == 2
