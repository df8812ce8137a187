"""Reports say what was measured, what was not, and how it differs from a baseline."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from app.errors import BadInput
from evals.compare import Verdict, compare
from evals.report import EvalReport, baseline_for, number, print_report, save_baseline, to_html

REPORT = EvalReport(
    suite="grounding",
    scores={"exact": 0.5, "ms_per_quote": 3.0},
    rows=[
        {"id": "g1", "text": "<b>bold</b>", "expected": "exact", "got": "absent"},
        {"id": "g2", "text": "fine", "expected": "near", "got": "near"},
    ],
    run={
        "dataset": "mine", "dataset_sha256": "abc", "seconds": 1.5, "warnings": ["Small [sample]."],
        "notes": ["Measured by hand."], "not_evaluable": {"near": "no row [yet] expects it"},
        "per_class": [{"class": "exact", "precision": None, "n": 4}],
    },
)  # fmt: skip


def shown(report: EvalReport, baseline: EvalReport | None = None) -> str:
    console = Console(width=110, record=True, file=StringIO())
    print_report(report, console, baseline)
    return console.export_text()


@pytest.mark.parametrize(
    ("name", "before", "now", "verdict"),
    [
        pytest.param("exact", 0.5, 0.6, Verdict.BETTER, id="higher is better"),
        pytest.param("exact", 0.6, 0.5, Verdict.WORSE, id="lower is worse"),
        pytest.param("leakage", 0.2, 0.1, Verdict.BETTER, id="fewer errors are better"),
        pytest.param("lint_findings", 1, 4, Verdict.WORSE, id="more errors are worse"),
        pytest.param("exact", 0.5, 0.5004, Verdict.SAME, id="below the last decimal"),
        pytest.param("ms_per_quote", 3.0, 3.8, Verdict.SAME, id="a clock may swing"),
        pytest.param("ms_per_quote", 3.0, 9.0, Verdict.WORSE, id="slower is worse"),
        pytest.param("interviewer_quotes", 0, 1, Verdict.WORSE, id="from none to one"),
    ],
)
def test_a_change_is_judged_in_the_sense_of_its_score(name: str, before: float, now: float, verdict: Verdict) -> None:
    (delta,) = compare({name: now}, {name: before})
    assert delta.verdict is verdict
    assert delta.change == pytest.approx(now - before)


def test_scores_of_one_side_only_are_new_or_gone() -> None:
    deltas = compare({"a": 1.0}, {"b": 1.0})
    assert [(d.name, d.verdict, d.change) for d in deltas] == [("a", Verdict.NEW, None), ("b", Verdict.GONE, None)]


def test_json_holds_everything_and_reads_back() -> None:
    assert set(json.loads(REPORT.to_json())) == {"suite", "scores", "rows", "run"}
    assert EvalReport.model_validate_json(REPORT.to_json()) == REPORT


def test_the_terminal_shows_scores_warnings_and_what_is_not_evaluable() -> None:
    text = shown(REPORT, REPORT.model_copy(update={"scores": {"exact": 0.75}}))
    for words in (
        "exact",
        "0.500",
        "0.750",
        "-0.250",
        "not evaluable",
        "no row [yet] expects it",
        "Small [sample].",
        "–",
    ):
        assert words in text


def test_the_page_is_self_contained_and_escapes() -> None:
    page = to_html(REPORT)
    assert "&lt;b&gt;bold&lt;/b&gt;" in page and "<b>bold" not in page
    assert "src=" not in page and "href=" not in page and "http" not in page
    assert "not evaluable" in page and "no row [yet] expects it" in page
    assert "1 of 2" in page and "g2" not in page


def test_the_page_of_a_report_without_faults_says_so() -> None:
    assert "Nothing did." in to_html(EvalReport(suite="x", scores={"a": 1.0}))


def test_a_baseline_speaks_only_of_its_own_dataset(tmp_path: Path) -> None:
    path = save_baseline(REPORT, "mine", tmp_path)
    assert path.name == "grounding-mine.json"
    kept = baseline_for(REPORT, tmp_path)
    assert kept is not None and kept.scores == REPORT.scores and kept.rows == []
    assert baseline_for(REPORT.model_copy(update={"run": {"dataset_sha256": "xyz"}}), tmp_path) is None
    assert baseline_for(REPORT.model_copy(update={"run": {**REPORT.run, "folds": 5}}), tmp_path) is None
    assert baseline_for(REPORT.model_copy(update={"suite": "coding"}), tmp_path) is None


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_a_broken_baseline_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "grounding-x.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"grounding-x\.json: not a baseline"):
        baseline_for(REPORT, tmp_path)


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (1.0, "1.000"), (0, "0"), (0.0, "0.000"), (12.0, "12"), (2.25, "2.250")]
)
def test_numbers_read_well(value: float | None, text: str) -> None:
    assert number(value) == text
