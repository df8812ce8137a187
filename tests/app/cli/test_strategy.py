"""`dramatis strategy` as its users meet it: the report, JSON, and one exit code for each thing that can go wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_run import sample_run
from typer.testing import CliRunner

from app.cli import strategy as command
from app.cli.output import fail
from app.errors import EXPECTED
from app.models.strategy import Strategy
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY = "flowline"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench on which the invented sample study was run."""
    with sample_run(tmp_path_factory.mktemp("flow"), embedder) as bench:
        yield bench


@pytest.fixture
def run(ready: Workbench, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(command, "open_bench", lambda: ready)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def ask(run: CliRunner, *words: str) -> str:
    from app.cli import root

    done = run.invoke(root, ["strategy", *words])
    if done.exception:
        raise done.exception
    return done.stdout


def test_the_report_begins_with_what_to_do_and_ends_with_readiness(run: CliRunner) -> None:
    told = ask(run, STUDY)
    titles = [
        "WHAT TO DO FIRST",
        "WHICH MICRO PERSONAS PAY OFF",
        "HOW MANY PERSONAS",
        "WHAT THE CRM SAYS (60 ACCOUNTS)",
        "WHAT TO ASK NEXT",
        "SATURATION",
        "WHO WAS LISTENED TO",
        "READY TO USE?",
    ]
    places = [told.index(title) for title in titles]
    assert places == sorted(places)


def test_json_is_the_model_and_every_quote_is_word_for_word(run: CliRunner, ready: Workbench) -> None:
    found = Strategy.model_validate(json.loads(ask(run, STUDY, "--json")))
    with ready.store.transaction() as tx:
        texts = {source.id: source.text for source in tx.sources.all(STUDY)}
    cited = [one for payoff in found.payoffs for judged in payoff.judgements for one in judged.citations]
    assert cited and all(texts[one.source_id][one.start : one.end] == one.text for one in cited)
    assert "P15" not in json.dumps(found.model_dump(mode="json"))
    assert ask(run, STUDY, "--json") == ask(run, STUDY, "--json")


def test_the_crm_by_sales_labels_is_counted_right(run: CliRunner) -> None:
    found = Strategy.model_validate(json.loads(ask(run, STUDY, "--json")))
    assert found.crm
    medians = {one.name: (one.accounts, one.value and one.value.value) for one in found.crm.by_label}
    # Medians of lifetime_value over the rows of data/sample/flowline/crm.csv whose stage is "closed won".
    assert medians["Risk-averse IT"] == (13, 334700) and medians["Automating business user"] == (13, 25700)


def test_another_crm_table_can_be_given(run: CliRunner, tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    table.write_text("account,industry,stage,lifetime_value,segment\nA,Tea,won,5,X\nB,Tea,won,7,X\n", encoding="utf-8")
    found = Strategy.model_validate(json.loads(ask(run, STUDY, "--crm", str(table), "--json")))
    assert found.crm and found.crm.accounts == 2 and found.crm.by_label[0].caution == "n = 2: too few to conclude"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("account,industry,stage,lifetime_value\nA,Tea,won,5\nB,Tea,won,much\n", "other.csv, line 3: the column"),
        ("account,industry,stage,lifetime_value\nA,Tea,won,5,6\n", "other.csv, line 2: the row has 5 cells"),
        ("account,industry,organisation_size\nA,Tea,5\n", "other.csv, line 1: it holds no figures of accounts"),
    ],
    ids=["no number", "too many cells", "nothing measured"],
)
def test_a_bad_crm_file_exits_with_6_and_its_line(
    run: CliRunner, tmp_path: Path, table: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(EXPECTED) as raised:
        ask(run, STUDY, "--crm", str(path))
    assert fail(raised.value) == 6 and told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("study", "crm", "code"),
    [("nobodys-study", "", 3), (STUDY, "none.csv", 6)],
    ids=["unknown study", "missing table"],
)
def test_what_does_not_exist_has_its_exit_code(run: CliRunner, tmp_path: Path, study: str, crm: str, code: int) -> None:
    words = [study, "--crm", str(tmp_path / crm)] if crm else [study]
    with pytest.raises(EXPECTED) as raised:
        ask(run, *words)
    assert fail(raised.value) == code
