"""Cells are inert in a table, and can be had back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cells import FORMULA, inert, plain


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-2", "@x", "\tx", "\r=1", "\n=1", "'=1", "''=1", "＝1"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "ROI", "'tis", "a=b", " x"])
def test_other_text_stays(cell: str) -> None:
    assert inert(cell) == cell


def test_numbers_stay_numbers() -> None:
    assert [inert(one) for one in (-1.5, 3, None)] == ["-1.5", "3", ""]


@given(st.text(alphabet="'=+-@\t\rab1＝"))
def test_every_cell_comes_back(cell: str) -> None:
    assert plain(inert(cell)) == cell
    assert inert(cell)[:1] not in FORMULA
