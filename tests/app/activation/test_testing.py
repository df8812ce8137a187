"""Tests hold, fail, or are not known."""

import pytest

from app.activation.testing import holds, number_of
from app.models.assignment import Comparison, Test


@pytest.mark.parametrize(
    ("operator", "value", "given", "expected"),
    [
        ("=", "none", " None ", True), ("=", "none", "some", False), ("!=", "none", "some", True), ("=", "x", "", None),
        (">=", "1000", "1,400", True), (">=", "1000", "51-200", False), ("<=", "200", "$150", True),
        (">=", "1", "many", None), ("contains", "it", "Head of IT", True), ("contains", "it", "Audit lead", False),
        ("contains", "roi calculator", "API; ROI calculator", True), ("contains", "head of", "Head of IT", True),
    ],
)  # fmt: skip
def test_a_test(operator: Comparison, value: str, given: str, expected: bool | None) -> None:
    assert holds(Test(field="f", operator=operator, value=value), {"f": given}) is expected


@pytest.mark.parametrize(
    ("cell", "number"), [("1,400", 1400), ("200+", 200), ("51–200", 125.5), ("-3", -3), ("", None), ("12a", None)]
)
def test_numbers_as_crms_write_them(cell: str, number: float | None) -> None:
    assert number_of(cell) == number
