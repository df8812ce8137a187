"""`dramatis export`, `approve` and `schema --all` as their users meet them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_run import sample_run
from typer.testing import CliRunner, Result

from app.cli import briefs, exports, root
from app.errors import InsufficientEvidence, exit_code
from app.exports.catalogue import CATALOGUE
from app.exports.finding import BUNDLE
from app.intake.studies import create_study, describe_study
from app.schemas import PUBLISHED, json_schema
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY = "flowline"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("flow"), embedder) as bench:
        create_study(bench, describe_study("Empty", study_id="empty"))
        yield bench


@pytest.fixture
def run(ready: Workbench, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    for command in (exports, briefs):
        monkeypatch.setattr(command, "open_bench", lambda: ready)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def call(run: CliRunner, *words: str, exit: int = 0) -> Result:
    done = run.invoke(root, list(words))
    code = exit_code(done.exception) if isinstance(done.exception, Exception) else done.exit_code
    assert code == exit, done.output
    return done


def test_the_list_tells_what_there_is_and_whose_words(run: CliRunner) -> None:
    told = call(run, "export", STUDY, "--list").stdout
    assert all(one.name in told for one in CATALOGUE)
    assert "everybody's" in told and "cleared for marketing" in told
    rows = json.loads(call(run, "export", STUDY, "planning", "--list", "--json").stdout)
    assert {row["shelf"] for row in rows} == {"planning"}


def test_files_and_shelves_are_written_into_a_folder(run: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    told = call(run, "export", STUDY, "analysis", "schemas.zip", "--out", str(folder), "--json").stdout
    written = json.loads(told)
    analysis = ["study.xlsx", "claims.csv", "quotes.csv", "codebook.qdc", "project.qdpx"]
    assert sorted(one["name"] for one in written) == sorted([*analysis, "schemas.zip"])
    assert sorted(path.name for path in folder.iterdir()) == sorted(one["name"] for one in written)
    assert all(Path(one["path"]).stat().st_size == one["size"] > 0 for one in written)


def test_what_there_is_not_is_refused_with_a_list_and_nothing_is_written(run: CliRunner, tmp_path: Path) -> None:
    done = call(run, "export", STUDY, "claims.csv", "slides.pptx", "--out", str(tmp_path / "out"), exit=3)
    assert "quotes.csv" in str(done.exception) and "analysis" in str(done.exception)
    assert not (tmp_path / "out").exists()
    call(run, "export", "nowhere", exit=3)


def test_a_folder_that_cannot_be_written_is_told(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    call(run, "export", STUDY, "claims.csv", "--out", str(tmp_path / "file"), exit=6)


def test_without_personas_what_can_be_had_is_written(run: CliRunner, ready: Workbench) -> None:
    done = call(run, "export", "empty", "claims.csv", exit=4)
    assert isinstance(done.exception, InsufficientEvidence)
    written = json.loads(call(run, "export", "empty", "--json").stdout)
    assert [one["name"] for one in written] == [*(o.name for o in CATALOGUE if not o.needs_personas), BUNDLE]
    assert Path(written[0]["path"]).parent == ready.settings.results / "empty"


def test_a_brief_is_approved_and_made_a_draft_again(run: CliRunner) -> None:
    made = json.loads(call(run, "brief", STUDY, "wait-and-see", "--json").stdout)["id"]
    told = json.loads(call(run, "approve", STUDY, made, "--as", "Ana", "--json").stdout)
    assert (told["state"], told["by"]) == ("approved", "Ana")
    assert json.loads(call(run, "approve", STUDY, made, "--take-back", "--json").stdout)["state"] == "draft"
    call(run, "approve", STUDY, "br_none", exit=3)


def test_every_schema_is_written_into_a_file_of_its_own(run: CliRunner, tmp_path: Path) -> None:
    told = call(run, "schema", "--all", "--out", str(tmp_path)).stdout.split()
    assert [Path(one).name for one in told] == [f"{name}.schema.json" for name in PUBLISHED]
    for name in PUBLISHED:
        assert json.loads((tmp_path / f"{name}.schema.json").read_text(encoding="utf-8")) == json_schema(name)
    call(run, "schema", exit=2)
    call(run, "schema", "cast", "--all", exit=2)
