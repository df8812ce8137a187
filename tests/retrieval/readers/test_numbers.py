"""Numbers in cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from retrieval.readers.numbers import read_number


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,400", 1400), ("1.400", 1400), ("1 400", 1400), ("1\u202f400", 1400), ("0.031", 0.031), ("0,500", 0.5),
     ("12,5", 12.5), ("1,250.50", 1250.5), ("1.250,50", 1250.5), ("1234.567", 1234.567), ("0007", 7), ("-3", -3),
     ("1240.0", 1240), ("", None), ("1,240,5", None), ("1.2.3", None), ("1,400.000,5", None), ("٣", None),
     ("5 %", None), ("1 2 3", None)],
)  # fmt: skip
def test_a_cell(cell: str, number: float | None) -> None:
    assert read_number(cell) == number


@given(number=some.integers(0, 10**12), mark=some.sampled_from([",", ".", " ", "’", ""]))
def test_whole_numbers_are_read_whatever_parts_their_thousands(number: int, mark: str) -> None:
    assert read_number(f"{number:,}".replace(",", mark)) == number
