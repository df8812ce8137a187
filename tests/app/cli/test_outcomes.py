"""`dramatis outcomes` and `dramatis briefs --rank` as their users meet them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_run import sample_run
from typer.testing import CliRunner

from app.briefs.writing import write_brief
from app.cli import briefs, outcomes, root
from app.errors import BadInput
from app.models.brief import BriefRequest, Stage
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

HEADER = "asset,persona,stage,impressions,conversions"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("told"), embedder) as bench:
        for stage in (Stage.TOP, Stage.MIDDLE):
            write_brief(bench, BriefRequest(study_id="flowline", persona="wait-and-see", stage=stage))
        yield bench


@pytest.fixture
def ask(ready: Workbench, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    for command in (briefs, outcomes):
        monkeypatch.setattr(command, "open_bench", lambda: ready)
    monkeypatch.setenv("COLUMNS", "220")

    def asked(*words: str) -> str:
        done = CliRunner().invoke(root, list(words))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return asked


def test_outcomes_are_imported_listed_rank_briefs_and_are_removed(ask: Callable[..., str], tmp_path: Path) -> None:
    table = tmp_path / "may.csv"
    table.write_text(f"{HEADER}\nA,Wait-and-see manager,top,2000,10\nB,wait-and-see,middle,2000,90\n", encoding="utf-8")
    assert "No outcome yet" in ask("outcomes", "list", "flowline")
    assert "nothing is ranked" in ask("briefs", "flowline", "--rank")
    assert "2 outcomes imported, 0 of them" in ask("outcomes", "import", "flowline", str(table))
    assert json.loads(ask("outcomes", "import", "flowline", str(table), "--json")) == {"rows": 2, "replaced": 2}
    assert "4.5 % │ 3.7 % to 5.5 %" in ask("outcomes", "list", "flowline")
    assert [one["asset"] for one in json.loads(ask("outcomes", "list", "flowline", "--json"))] == ["B", "A"]
    usual, ranked = ask("briefs", "flowline"), ask("briefs", "flowline", "--rank")
    assert "4.5 % of 2,000, best of 2" in usual
    assert usual.index(" top ") < usual.index(" middle ") and ranked.index(" middle ") < ranked.index(" top ")
    assert "2 outcomes removed" in ask("outcomes", "clear", "flowline")
    assert "Measured" not in ask("briefs", "flowline")


def test_a_table_that_cannot_be_used_is_refused_by_line(ask: Callable[..., str], tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(f"{HEADER}\nA,Young Mary,top,10,1\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"bad\.csv: nothing was imported\. line 2: persona “Young Mary” is not known"):
        ask("outcomes", "import", "flowline", str(table))
