"""Candidates: the tests that the participants' own values suggest.

Bounds of numbers are the steps 1, 2, 5, 10, 20 …, not figures of the study: they fit nobody in particular.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from app.activation.fields import left_out, usable, who_somebody_is
from app.activation.testing import SEPARATORS, Values, number_of, words
from app.models.assignment import Test

# A value of one person tells nobody else.
FEWEST = 2
# Of a field's values, how many must be numbers for its bounds to be tested.
NUMBERS = 0.8
STEPS = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))
JOINTS = frozenset({"of", "and", "the", "for", "in", "at", "to", "a", "an", "or"})


def candidates(people: Mapping[str, Values]) -> tuple[list[Test], dict[str, str]]:
    """The tests by field and value, and the fields that were left out with the reason."""
    given: dict[str, list[str]] = defaultdict(list)
    for values in people.values():
        for field, value in values.items():
            given[field].append(value)
    why = {field: reason for field in sorted(given) if (reason := left_out(field, given[field]))}
    found = [test for field in sorted(given.keys() - why.keys()) for test in _of(field, given[field])]
    return found, why


def _of(field: str, given: list[str]) -> Iterator[Test]:
    numbers = [number for value in given if (number := number_of(value)) is not None]
    if len(numbers) >= NUMBERS * len(given):
        yield from _bounds(field, numbers)
        return
    whole = Counter(" ".join(value.casefold().split()) for value in given)
    for value, count in sorted(whole.items()):
        if count >= FEWEST and usable(value) and not SEPARATORS.search(value):
            yield Test(field=field, operator="=", value=value)
    parts = Counter(part for value in given if not who_somebody_is(value) for part in _parts(value))
    for part, count in sorted(parts.items()):
        if count >= FEWEST and usable(part) and part not in whole:
            yield Test(field=field, operator="contains", value=part)


def _bounds(field: str, numbers: list[float]) -> Iterator[Test]:
    inside = [step for step in STEPS if min(numbers) < step <= max(numbers)]
    for step in inside:
        yield Test(field=field, operator=">=", value=str(step))
        yield Test(field=field, operator="<=", value=str(step))


def _parts(value: str) -> set[str]:
    """The items of a list, or else the words of a title."""
    if SEPARATORS.search(value):
        return {" ".join(part.casefold().split()) for part in SEPARATORS.split(value) if part.strip()}
    return {word for word in words(value) if len(word) > 1 and word not in JOINTS and not word.isdigit()}
