"""What the terminal says of a run: its time, and what it asked of a language model."""

import pytest
from rich.table import Table

from app.cli.output import add_row, show_table
from app.cli.tables import tell_forecast, tell_run
from app.models.run import Account, Finding, Provenance, Run, StepSpending, StepTiming

CODE = StepSpending(step="code", calls=3, cached=1, input_tokens=1200, output_tokens=300, seconds=4.5, cost=0.25)
DRAFT = StepSpending(step="draft", calls=2, input_tokens=400, output_tokens=100, seconds=2.0, cost=0.125)
FINDINGS = [Finding(source_id=source, start=start, end=start + 9) for source, start in (("a", 0), ("a", 20), ("b", 5))]


def run_of(account: Account | None) -> Run:
    return Run(
        id="run_1",
        study_id="s",
        provenance=Provenance(engine="openai:m", coder="openai:m", embeddings="minilm", dramatis="1"),
        steps=[StepTiming(step="code", seconds=1.25), StepTiming(step="draft", seconds=2.5)],
        peak_memory_mb=312.4,
        account=account,
    )


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def cells(table: str) -> list[list[str]]:
    """The rows of a printed table."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in table.splitlines() if "│" in line]


def test_a_run_without_a_model_tells_its_time_only(capsys: pytest.CaptureFixture[str]) -> None:
    tell_run(run_of(None))
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Engine openai:m: 3.8 s (code 1.2 s, draft 2.5 s); peak memory 312 MB.\n"


def test_a_run_with_a_model_tells_calls_tokens_and_cost_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    tell_run(run_of(Account(steps=[CODE, DRAFT], currency="USD")))
    out, err = capsys.readouterr()
    assert cells(out) == [
        ["code", "3", "1", "1200", "300", "0.2500 USD"],
        ["draft", "2", "0", "400", "100", "0.1250 USD"],
    ]
    assert "5 calls, 2000 tokens, cost 0.3750 USD." in err
    assert "Not counted" not in err and "orders" not in err


def test_a_step_of_unknown_price_makes_the_sum_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    tell_run(run_of(Account(steps=[CODE, DRAFT.model_copy(update={"cost": None})], currency="USD")))
    out, err = capsys.readouterr()
    assert [row[-1] for row in cells(out)] == ["0.2500 USD", "unknown"]
    assert "cost unknown." in err


def test_what_did_not_count_and_orders_to_the_reader_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell_run(run_of(Account(steps=[CODE], dropped={"unknown code": 2, "unknown sentence": 1}, findings=FINDINGS)))
    err = capsys.readouterr().err
    assert "Not counted: unknown code: 2; unknown sentence: 1." in err
    assert "3 sentences in 2 sources give orders to their reader. None was followed." in err


def test_a_forecast_says_that_it_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    tell_forecast("openai:m", Account(steps=[CODE, DRAFT], currency="USD"))
    out, err = capsys.readouterr()
    assert len(cells(out)) == 2
    assert err.startswith("Engine openai:m would be asked about 5 times;")


def test_words_between_colons_stay_words(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("Said :m:", title="Study :m:")
    add_row(table, "We :smile: and [b]wait[/b]")
    show_table(table)
    out, _ = capsys.readouterr()
    assert "Study :m:" in out and "Said :m:" in out and "We :smile: and [b]wait[/b]" in out
