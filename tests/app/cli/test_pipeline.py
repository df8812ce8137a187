"""`dramatis run --dry-run`: what a language model would be asked, told before anything is spent."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from small_model import NAME, Script, client_on
from typer.testing import CliRunner

from app.cli import pipeline as command
from app.cli import root
from app.engines.llm.engine import LLMEngine
from app.engines.local import LocalEngine
from app.errors import NotFound
from app.intake.ingest import ingest
from app.workbench import Workbench
from prompts.library import PromptLibrary


@pytest.fixture
def imported(bench: Workbench, study: str, flowline: Path) -> str:
    report = ingest(bench, study, [flowline / "transcripts" / "P01.txt"], participants=flowline / "participants.csv")
    assert not report.refused
    return study


def dry_run(bench: Workbench, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.setattr(command, "open_bench", lambda budget=None: bench)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner().invoke(root, ["run", *words, "--dry-run"])


def reading(bench: Workbench, script: Script) -> Workbench:
    assert isinstance(bench.engine, LocalEngine)
    return replace(bench, engine=LLMEngine(client_on(script), PromptLibrary(), bench.engine))


def test_the_local_engine_spends_nothing(bench: Workbench, imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = dry_run(bench, monkeypatch, imported)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "Engine local: no language model is asked, and nothing is spent.\n"
    assert json.loads(dry_run(bench, monkeypatch, imported, "--json").stdout) == {}


def test_what_a_model_would_be_asked_is_told_step_by_step(
    bench: Workbench, imported: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script()
    done = dry_run(reading(bench, script), monkeypatch, imported)
    assert done.exit_code == 0
    assert f"Engine {NAME} would be asked about 5 times" in done.stderr
    assert "cost unknown" in done.stderr
    rows = [line.split("│") for line in done.stdout.splitlines() if "unknown" in line]
    assert [row[1].strip() for row in rows] == ["code", "themes", "segments", "draft", "judge"]
    assert script.asked == []


def test_json_holds_the_same_figures(bench: Workbench, imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = dry_run(reading(bench, Script()), monkeypatch, imported, "--json")
    code, *later = json.loads(done.stdout)["steps"]
    with bench.store.transaction() as tx:
        (source,) = tx.sources.all(imported)
    assert (code["step"], code["calls"], code["cost"]) == ("code", 1, None)
    assert code["input_tokens"] > len(source.text) / 4, "the transcript is read, and the prompt around it"
    assert [step["calls"] for step in later] == [1, 1, 1, 1]


def test_a_dry_run_leaves_nothing_behind(bench: Workbench, imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dry_run(reading(bench, Script()), monkeypatch, imported)
    with bench.store.transaction() as tx:
        assert (tx.evidence.all(imported), tx.results.runs(imported)) == ([], [])


def test_an_unknown_study_is_named(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(dry_run(bench, monkeypatch, "nope").exception, NotFound)
