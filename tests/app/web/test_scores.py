"""Scores over time: what each says, whether it is as it should be, and what failed."""

from pathlib import Path

from fastapi.testclient import TestClient
from web_browser import browser, page

from app.web.scores import scores
from app.workbench import Workbench
from evals.on_study import measure_study, read_reports
from evals.report import EvalReport

STUDY = "/studies/flowline"


def report(**found: float) -> EvalReport:
    return EvalReport(
        suite="personas", scores=found, run={"not_evaluable": {"coverage": "the study has no participant"}}
    )


def test_a_score_says_its_value_whether_it_is_good_and_how_it_went() -> None:
    first, last = scores([report(coverage=0.5, lint_findings=4), report(coverage=0.9, lint_findings=2)])
    assert (first.value, first.good, first.history) == ("90 %", True, ["50 %", "90 %"])
    assert (last.value, last.good, last.history) == ("2", False, ["4", "2"])
    assert first.line == "M5.0 20.0L155.0 8.0" and last.line == "M5.0 5.0L155.0 20.0"
    assert first.alt == "People covered: 50 % at first, 90 % now, measured 2 times."


def test_what_could_not_be_measured_is_no_figure_and_says_why() -> None:
    coverage, validity = sorted(scores([report(coverage=0.5), report(quote_validity=1)]), key=lambda one: one.name)
    assert (coverage.value, coverage.good, coverage.lacks) == ("–", None, "the study has no participant")
    assert (validity.value, validity.history, validity.line) == ("100 %", ["–", "100 %"], "")


def test_a_score_nobody_described_is_shown_all_the_same() -> None:
    (one,) = scores([report(something_new=0.25)])
    assert (one.name, one.value, one.good) == ("Something new", "25 %", None)


def test_the_page_shows_scores_and_leads_to_what_failed(shown: Workbench, reader: TestClient, tmp_path: Path) -> None:
    assert "Not measured yet" in page(reader, f"{STUDY}/quality").text
    home = tmp_path / "home"
    home.mkdir()
    for name in ("workbench.sqlite", "chroma", "models"):
        (home / name).symlink_to(shown.settings.home / name)
    apart = shown.__class__(**{**vars(shown), "settings": shown.settings.model_copy(update={"home": home})})
    measure_study(apart, "flowline", "personas", "job_1")
    (one,) = read_reports(apart, "flowline").values()
    persona = next(row["persona"] for row in one.rows if "persona" in row)
    wrong = {"check": "claim", "persona": persona, "expected": "ok", "got": "<b>cites nobody</b>"}
    broken = one.model_copy(update={"scores": {**one.scores, "cited_claims": 0.5}, "rows": [*one.rows, wrong]})
    (home / "results" / "flowline" / "evals" / "job_2.json").write_text(broken.to_json())
    with browser(apart) as inside:
        found = page(inside, f"{STUDY}/quality")
    text = found.text.replace("\xa0", " ")
    assert "<b>cites nobody</b>" in text and "<b>cites" not in found.html
    assert f"{STUDY}/personas/{persona}" in found.links
    assert "50 %look at it" in text and "measured 2 times" in found.html and "All figures in a table" in text
