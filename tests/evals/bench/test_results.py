"""RESULTS.md: sections in order, each replaced alone, with what was met above them."""

from pathlib import Path

import pytest

from evals.bench.results import read_sections, summary, write_results
from evals.bench.section import Section, cell, met, table

TITLES = ["First", "Second"]


def section(title: str, figure: float) -> str:
    one = Section(title, f"python -m {title.lower()}")
    one.say(met("at least 1", figure, figure >= 1))
    return one.markdown()


def test_a_section_measured_again_takes_its_own_place(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    write_results(file, TITLES, {"Second": section("Second", 2.0)}, "Facts.")
    write_results(file, TITLES, {"First": section("First", 0.5)}, "Facts.")
    write_results(file, TITLES, {"Second": section("Second", 3.0)}, "Other facts.")
    text = file.read_text(encoding="utf-8")
    assert list(read_sections(text)) == TITLES
    assert text.count("measured 3") == 1 and "measured 2" not in text
    assert "Other facts." in text and "\nFacts." not in text
    assert "1 of 2 goals are met; the others:\n\n- **not met**: at least 1 (measured 0.500)" in text


def test_when_all_is_met_nothing_is_listed() -> None:
    assert summary([section("First", 1.0)]) == "1 of 1 goals are met."


def test_what_was_left_out_is_said() -> None:
    one = Section("First", "command", skipped=["a rival: not installed."])
    assert one.markdown().endswith("Left out: a rival: not installed.\n")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (0.12345, "0.123"), (12.345, "12.3"), (12_345.6, "12,346"), (12_345, "12,345"), ("a", "a")],
    ids=["nothing", "below one", "three digits", "thousands", "counts", "words"],
)
def test_figures_are_shown_to_three_digits(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_a_table_has_a_rule_and_a_row_each() -> None:
    assert table(["a", "b"], [["x", 1]]).splitlines() == ["| a | b |", "| --- | ---: |", "| x | 1 |"]
