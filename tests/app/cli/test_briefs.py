"""`dramatis brief` and `briefs` as their users meet them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_run import sample_run
from typer.testing import CliRunner

from app.cli import briefs as command
from app.cli import root
from app.errors import BadInput, InsufficientEvidence
from app.models.brief import Brief
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY = "flowline"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("flow"), embedder) as bench:
        yield bench


@pytest.fixture
def run(ready: Workbench, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(command, "open_bench", lambda: ready)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def ask(run: CliRunner, *words: str) -> str:
    done = run.invoke(root, list(words))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_a_brief_is_shown_as_markdown_and_listed(run: CliRunner) -> None:
    told = ask(run, "brief", STUDY, "wait-and-see", "--stage", "middle", "--format", "one-pager")
    assert told.startswith("# Comparison on one page for the Wait-and-see manager")
    assert "## Proof points" in told
    assert "one-pager" in ask(run, "briefs", STUDY)


def test_json_is_the_model(run: CliRunner) -> None:
    made = Brief.model_validate(json.loads(ask(run, "brief", STUDY, "wait-and-see", "--json")))
    assert made.audience.name == "Wait-and-see manager"


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf", "json"])
def test_it_is_written_into_a_file_by_its_ending(run: CliRunner, tmp_path: Path, ending: str) -> None:
    place = tmp_path / f"brief.{ending}"
    assert ask(run, "brief", STUDY, "wait-and-see", "--out", str(place)) == ""
    assert place.stat().st_size > 1000


def test_another_ending_is_refused(run: CliRunner, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.md, \.html, \.docx, \.pdf, \.json"):
        ask(run, "brief", STUDY, "wait-and-see", "--out", str(tmp_path / "brief.xlsx"))


def test_a_matrix_fills_a_folder(run: CliRunner, tmp_path: Path) -> None:
    told = ask(run, "brief", STUDY, "wait-and-see", "--matrix", "--industry", "Agriculture", "--industry", "Machinery",
               "--out", str(tmp_path / "all"), "--json")  # fmt: skip
    assert len(json.loads(told)) == 6
    assert len(list((tmp_path / "all").glob("*.docx"))) == 6


def test_too_little_evidence_is_an_error_of_its_own(run: CliRunner) -> None:
    with pytest.raises(InsufficientEvidence):
        ask(run, "brief", STUDY, "Time-poor manager who has bought")


@pytest.mark.parametrize("words", [[], ["x", "--stage", "sideways"], ["x", "--industry", "a", "--industry", "b"]])
def test_words_that_do_not_fit_are_refused(run: CliRunner, words: list[str]) -> None:
    assert run.invoke(root, ["brief", STUDY, *words]).exit_code == 2
