"""EvalReport: what a suite found, as JSON, as a terminal table and as one self-contained page.

`scores` flat: name → number
`rows`   one entry per item, each with `expected` and `got`
`run`    how it was measured: engine, models, versions, seconds, and three lists a reader must see:
         `not_evaluable` (score → reason), `warnings` (sentences), `notes` (sentences); and, where a suite
         has classes, `per_class` (one flat object per class, all with the same keys)

A score that cannot be computed is absent from `scores` and stands in `run["not_evaluable"]` with the
reason. It is never 0, never 1 and never silently missing: nobody can mistake it for a result.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.models.base import Model
from evals.compare import BASELINES, Delta, Verdict, compare, find_baseline

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

TEMPLATES = Path(__file__).parent / "templates"
ROWS_SHOWN = 400  # a page stays quick to open; the JSON holds every row
COLOURS = {Verdict.BETTER: "green", Verdict.WORSE: "red", Verdict.GONE: "red"}


class EvalReport(Model):
    """The result of one suite on one dataset."""

    suite: str
    scores: dict[str, float]
    rows: list[dict[str, Any]] = []
    run: dict[str, Any] = {}

    @property
    def not_evaluable(self) -> dict[str, str]:
        """Scores that could not be computed, each with the reason."""
        return dict(self.run.get("not_evaluable", {}))

    @property
    def warnings(self) -> list[str]:
        return list(self.run.get("warnings", []))

    @property
    def per_class(self) -> list[dict[str, Any]]:
        return list(self.run.get("per_class", []))

    def to_json(self) -> str:
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"

    def compare(self, baseline: "EvalReport | None") -> list[Delta]:
        """Each score beside its baseline; no deltas where the baseline is of another dataset."""
        return compare(self.scores, baseline.scores if baseline else {})

    def wrong(self) -> list[dict[str, Any]]:
        """Rows where what was got is not what was expected, those first a reader wants to see."""
        return [row for row in self.rows if row.get("expected") != row.get("got")]


def score_table(report: EvalReport, baseline: EvalReport | None = None) -> "Table":
    """The scores as a rich table; scores that are not evaluable stand at the end with their reason."""
    # Whoever reads reports for a page draws none in a terminal.
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=f"eval {report.suite}", title_justify="left", header_style="bold")
    table.add_column("score")
    table.add_column("value", justify="right")
    table.add_column("baseline", justify="right")
    table.add_column("change", justify="right")
    for delta in report.compare(baseline):
        table.add_row(delta.name, number(delta.now), number(delta.before), _change(delta))
    for name, reason in report.not_evaluable.items():
        table.add_row(name, "not evaluable", "", escape(reason), style="yellow")
    return table


def class_table(report: EvalReport) -> "Table":
    """One line per class; the columns are the keys of `run["per_class"]`."""
    from rich.table import Table

    table = Table(header_style="bold")
    for name, value in report.per_class[0].items():
        table.add_column(name, justify="left" if isinstance(value, str) else "right")
    for row in report.per_class:
        table.add_row(*(value if isinstance(value, str) else number(value) for value in row.values()))
    return table


def print_report(report: EvalReport, console: "Console", baseline: EvalReport | None = None) -> None:
    """The table, then what the reader has to know before believing it."""
    console.print(score_table(report, baseline))
    if report.per_class:
        console.print(class_table(report))
    for warning in report.warnings:
        console.print(f"! {warning}", style="yellow", markup=False)
    for note in report.run.get("notes", []):
        console.print(f"  {note}", style="dim", markup=False)


def to_html(report: EvalReport, baseline: EvalReport | None = None) -> str:
    """One page with everything in it: no script, no outside address."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["number"] = number
    wrong = report.wrong()
    return environment.get_template("report.html.j2").render(
        report=report,
        deltas=report.compare(baseline),
        baseline=baseline,
        wrong=wrong[:ROWS_SHOWN],
        wrong_count=len(wrong),
        facts={name: value for name, value in report.run.items() if isinstance(value, str | int | float)},
    )


def number(value: float | None) -> str:
    """Three decimals; counts without any; a dash where there is nothing."""
    if value is None:
        return "–"
    return f"{value:.0f}" if isinstance(value, int) or (value == int(value) and abs(value) > 1) else f"{value:.3f}"


def baseline_for(report: EvalReport, folder: Path = BASELINES) -> EvalReport | None:
    """The committed baseline of the same suite on the same dataset; BadInput where it cannot be read."""
    found = find_baseline(report.suite, report.run, folder)
    return EvalReport.model_validate(found) if found else None


def save_baseline(report: EvalReport, name: str, folder: Path = BASELINES) -> Path:
    """Write the report without its rows as the baseline `suite-name.json`; returns where."""
    path = folder / f"{report.suite}-{name}.json"
    path.write_text(report.model_copy(update={"rows": []}).to_json(), encoding="utf-8")
    return path


def _change(delta: Delta) -> str:
    colour = COLOURS.get(delta.verdict, "dim")
    words = delta.verdict.value if delta.change is None else f"{delta.change:+.3f}"
    return f"[{colour}]{words}[/{colour}]"
