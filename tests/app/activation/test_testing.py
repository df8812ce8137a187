"""Tests hold, fail, or are not known."""

import pytest

from app.activation.testing import holds, number_of
from app.models.assignment import Comparison, Test


@pytest.mark.parametrize(
    ("operator", "value", "given", "expected"),
    [
        ("=", "none", " None ", True), ("=", "none", "some", False), ("!=", "none", "some", True), ("=", "x", "", None),
        ("=", "no", "False", True), ("=", "true", "Yes", True), ("!=", "no", "false", False), ("=", "no", "yes", False),
        (">=", "1000", "1,400", True), (">=", "1000", "51-200", False), ("<=", "200", "$150", True),
        (">=", "1", "many", None), ("contains", "it", "Head of IT", True), ("contains", "it", "Audit lead", False),
        ("contains", "roi calculator", "API; ROI calculator", True), ("contains", "head of", "Head of IT", True),
    ],
)  # fmt: skip
def test_a_test(operator: Comparison, value: str, given: str, expected: bool | None) -> None:
    assert holds(Test(field="f", operator=operator, value=value), {"f": given}) is expected


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,400", 1400), ("1.400", 1400), ("1 400", 1400), ("0.031", 0.031), ("200+", 200), ("51–200", 125.5),
     ("51-200 employees", 125.5), ("1,001 to 5.000", 3000.5), ("$1k - $3k", 2000), ("5k", 5000), ("1.5M", 1_500_000),
     ("10k+ people", 10_000), ("$3000", 3000), ("-$3", -3), ("-3", -3), ("", None), ("12a", None), ("5 of 8", None),
     ("200-51", None), ("Head of IT", None), ("2024-05-01", None)],
)  # fmt: skip
def test_numbers_as_crms_write_them(cell: str, number: float | None) -> None:
    assert number_of(cell) == number
