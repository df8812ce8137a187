"""The suite `grounding` gives each quote the dataset's word for what the locator found."""

import json
from pathlib import Path

import pytest

from app.errors import BadInput
from evals.make_grounding import TARGET
from evals.report import EvalReport
from evals.suites import grounding
from retrieval.errors import UnreadableSource

TRANSCRIPT = """Interviewer: So you would buy it tomorrow if you could?

P01: Well, um, I have to ask the board first. They meet on the second Friday of the month.

Interviewer: And then?

P01: Then I sign, and the money has to come out of the maintenance budget somehow.
"""
SIGN = "the money has to come out of the maintenance budget somehow"


def dataset(folder: Path, *rows: dict[str, str]) -> Path:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "P01.txt").write_text(TRANSCRIPT, encoding="utf-8")
    filled = [{"source": "P01.txt", "speaker": "P01", **row} for row in rows]
    (folder / "quotes.jsonl").write_text("\n".join(map(json.dumps, filled)), encoding="utf-8")
    return folder


def one(folder: Path, quote: str, expected: str, **changes: str) -> EvalReport:
    return grounding.run(dataset(folder, {"quote": quote, "expected": expected, **changes}))


@pytest.mark.parametrize(
    ("quote", "expected", "got"),
    [
        pytest.param(SIGN, "exact", "exact", id="word for word"),
        pytest.param(SIGN.upper(), "exact", "exact", id="other case"),
        pytest.param(SIGN.upper(), "near", "exact", id="the same words are not merely near"),
        pytest.param("Well, I have to ask the board first.", "exact", "exact", id="without its filler"),
        pytest.param("Well, I have to ask the board first.", "near", "near", id="without its filler, called near"),
        pytest.param("you would buy it tomorrow if you could", "other_speaker", "other_speaker", id="interviewer"),
        pytest.param("you would buy it tomorrow if you could", "exact", "other_speaker", id="called exact"),
        pytest.param("Our auditors love the colour of it.", "exact", "absent", id="invented"),
    ],
)
def test_each_status_has_one_word(tmp_path: Path, quote: str, expected: str, got: str) -> None:
    (row,) = one(tmp_path, quote, expected).rows
    assert (row["expected"], row["got"]) == (expected, got)


def test_scores_are_accuracy_per_expected_class(tmp_path: Path) -> None:
    folder = dataset(
        tmp_path,
        {"quote": SIGN, "expected": "exact"}, {"quote": "Then I sign", "expected": "absent"},
        {"quote": "Nobody asked us for a colour.", "expected": "absent"},
    )  # fmt: skip
    report = grounding.run(folder)
    assert report.scores["exact"] == 1.0
    assert report.scores["absent"] == 0.5
    assert report.scores["precision_exact"] == 0.5
    assert report.scores["ms_per_quote"] > 0
    assert "near" not in report.scores and report.not_evaluable["near"] == "no row expects it"
    assert report.not_evaluable["precision_other_speaker"] == "no quote got it"


def test_a_name_the_transcript_does_not_know_is_said(tmp_path: Path) -> None:
    report = one(tmp_path, SIGN, "exact", speaker="Dana")
    assert report.scores["exact"] == 1.0
    assert "“Dana”" in report.warnings[0]
    assert one(tmp_path, SIGN, "exact", speaker="").warnings == []


@pytest.mark.parametrize(
    ("row", "error"),
    [
        pytest.param({"quote": SIGN, "expected": "exact", "source": "P09.txt"}, BadInput, id="no such source"),
        pytest.param({"quote": SIGN, "expected": "maybe"}, UnreadableSource, id="unknown answer"),
    ],
)
def test_an_unfit_dataset_is_refused(tmp_path: Path, row: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error, match=r"quotes\.jsonl"):
        grounding.run(dataset(tmp_path, row))


def test_the_committed_dataset_is_measured_as_a_whole() -> None:
    report = grounding.run(TARGET)
    assert len(report.rows) >= 120
    assert report.scores["exact"] >= 0.95
    assert report.scores["other_speaker"] >= 0.95
    assert report.scores["precision_exact"] >= 0.95
    assert not [row for row in report.rows if row["how"] == "invented" and row["got"] != "absent"]
