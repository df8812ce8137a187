"""The scores a playbook tells."""

import json
from pathlib import Path

from app.exports.measured import scores_in


def test_without_a_report_there_are_none(tmp_path: Path) -> None:
    assert scores_in(tmp_path) == []


def test_what_could_not_be_measured_says_why(tmp_path: Path) -> None:
    report = {
        "scores": {"quote_validity": 1.0, "lint_findings": 3.0},
        "run": {"not_evaluable": {"leave_one_out": "few"}},
    }
    (tmp_path / "a.json").write_text(json.dumps(report))
    assert scores_in(tmp_path) == [
        ("Quote validity", "1.00"), ("Lint findings", "3"), ("Leave one out", "not evaluable: few"),
    ]  # fmt: skip


def test_a_report_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"scores": {"coverage": 0.5}}))
    (tmp_path / "b.json").write_text('{"scores": {"cov')
    (tmp_path / "c.json").write_text("[]")
    assert scores_in(tmp_path) == [("Coverage", "0.50")]
