"""Cells: nothing in them is a formula, and what went in comes out by the one rule."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cells import BOM, as_said, csv_lines, inert, to_csv

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠1", "'=1", "''",
    "=HYPERLINK(\"http://example.org\", \"x\")", "=cmd|'/c calc'!A1",
]  # fmt: skip
PLAIN = ["", "We decide in June.", "a=b", "1-2", "Grüße", "he said 'no'", "“quoted”", "5"]


def read(file: bytes) -> list[list[str]]:
    text = file.decode("utf-8")
    assert text.startswith(BOM)
    return list(csv.reader(StringIO(text.removeprefix(BOM), newline=""), strict=True))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_starts_a_formula_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"
    assert as_said(inert(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text == as_said(text)


@given(st.text())
def test_what_goes_in_comes_out_by_the_rule(text: str) -> None:
    cell = inert(text)
    assert as_said(cell) == text
    assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=2,
                         max_size=2)))  # fmt: skip
def test_a_file_holds_what_was_written(rows: list[list[str]]) -> None:
    head, *read_rows = read(to_csv(["one", "two"], rows))
    assert head == ["one", "two"]
    assert [[as_said(cell) for cell in row] for row in read_rows] == rows


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    assert read(to_csv(["n", "x", "none"], [[-3, -0.5, None]]))[1] == ["-3", "-0.5", ""]


def test_lines_end_as_the_standard_has_it_and_quotes_are_doubled() -> None:
    assert csv_lines([["a,b", 'say "no"', "two\nlines"]]) == '"a,b","say ""no""","two\nlines"\r\n'


def test_what_is_no_text_is_shown_as_such() -> None:
    assert read(to_csv(["a"], [["x\0y"], ["\ud800"]]))[1:] == [["x\ufffdy"], ["\ufffd"]]
