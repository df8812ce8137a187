"""Testing: whether a test holds for a contact. What is not known neither holds nor fails."""

import re
from collections.abc import Mapping
from functools import lru_cache

from app.models.assignment import Test
from retrieval.readers.measures import NO, YES
from retrieval.readers.numbers import read_number

Values = Mapping[str, str]
SEPARATORS = re.compile(r"[;\n]")
WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*")
RANGE = re.compile(r"(\d.*?)\s*(?:-|–|\bto\b)\s*([$€£]?\s*\d.*)")
AMOUNT = re.compile(r"(?P<sign>[-+−]?)[$€£]?\s*(?P<number>\d(?:.*\d)?)\s?(?P<times>[kKM]?)\+?")
# One word behind a number is its unit: “51-200 employees”.
UNIT = re.compile(r"(?<=[\dkKM+])\s+[^\W\d_]{2,}$")
TIMES = {"": 1, "k": 1_000, "K": 1_000, "M": 1_000_000}


def holds(test: Test, values: Values) -> bool | None:
    """None where the contact's field is empty, or is no number where a number is tested."""
    given = values.get(test.field, "").strip()
    if not given:
        return None
    if test.operator == "contains":
        return contains(given, test.value)
    if test.operator in (">=", "<="):
        number, bound = number_of(given), number_of(test.value)
        if number is None or bound is None:
            return None
        return number >= bound if test.operator == ">=" else number <= bound
    return _equal(given, test.value) is (test.operator == "=")


def _equal(given: str, sought: str) -> bool:
    """Tables say yes and no in many ways."""
    one, other = _same(given), _same(sought)
    return one == other or any(one in told and other in told for told in (YES, NO))


def contains(given: str, sought: str) -> bool:
    """Whether one item of a list is what is sought, or its words stand in the text one after the other."""
    return _same(sought) in items(given) or f" {' '.join(words(sought))} " in f" {' '.join(words(given))} "


@lru_cache(4096)
def items(given: str) -> frozenset[str]:
    """The items of a cell that lists several."""
    return frozenset(_same(item) for item in SEPARATORS.split(given) if item.strip())


@lru_cache(4096)
def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold()))


@lru_cache(4096)
def number_of(given: str) -> float | None:
    """The number of a cell: `1,400`, `1.400`, `200+`, `$3000`, `5k`; of a range (`51-200 employees`) its middle. None
    where it is none."""
    tidy = UNIT.sub("", given.strip().lstrip("$€£"))
    if ends := RANGE.fullmatch(tidy):
        low, high = (_amount(one) for one in ends.groups())
        return None if low is None or high is None or low > high else (low + high) / 2
    return _amount(tidy)


def _amount(text: str) -> float | None:
    found = AMOUNT.fullmatch(text.strip())
    number = read_number(found["sign"] + found["number"]) if found else None
    return None if found is None or number is None else number * TIMES[found["times"]]


def _same(value: str) -> str:
    return " ".join(value.casefold().split())
