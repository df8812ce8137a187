"""`dramatis audit` as its users meet it: a table, JSON, a page, and one exit code for each thing that can go wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import audit as command
from app.cli import root
from app.cli.output import fail
from app.intake.sample import import_sample
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

PERSONA = Path(__file__).parents[1] / "audit" / "flowline_persona.md"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    settings = Settings(home=tmp_path_factory.mktemp("audit"), threads=1, engine="local")
    bench = build_workbench(settings, embedder=embedder)
    import_sample(bench, "flowline")
    yield bench
    bench.store.close()


@pytest.fixture
def run(ready: Workbench, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(command, "open_bench", lambda: ready)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def test_the_table_shows_each_line_with_its_verdict(run: CliRunner) -> None:
    done = run.invoke(root, ["audit", str(PERSONA), "--study", "flowline"])
    assert done.exit_code == 0
    assert "said by another" in done.stdout
    assert "The team is fully staffed" in done.stdout
    assert "lines that can be checked are borne out" in done.stderr


def test_json_and_page_hold_the_same_items(run: CliRunner, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = run.invoke(root, ["audit", str(PERSONA), "--study", "flowline", "--json", "--out", str(page)])
    items = json.loads(done.stdout)["items"]
    assert len(items) > 26
    assert page.read_text(encoding="utf-8").count("<li class=") >= len(items)


@pytest.mark.parametrize(
    ("name", "text", "study", "code"),
    [
        pytest.param("a.md", "They wait for many months.", "nowhere", 3, id="unknown study"),
        pytest.param("a.md", "", "flowline", 6, id="empty file"),
        pytest.param("a.docx", "no zip", "flowline", 6, id="damaged Word file"),
        pytest.param("a.md", "# Greta", "flowline", 6, id="no statement"),
        pytest.param("a.xls", "x", "flowline", 6, id="unknown format"),
    ],
)
def test_each_fault_has_its_exit_code(
    run: CliRunner, tmp_path: Path, name: str, text: str, study: str, code: int
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = run.invoke(root, ["audit", str(tmp_path / name), "--study", study])
    assert isinstance(done.exception, Exception)
    assert fail(done.exception) == code


def test_a_page_that_cannot_be_written_is_named(run: CliRunner, tmp_path: Path) -> None:
    done = run.invoke(root, ["audit", str(PERSONA), "--study", "flowline", "--out", str(tmp_path / "no" / "a.html")])
    assert isinstance(done.exception, Exception)
    assert fail(done.exception) == 6
