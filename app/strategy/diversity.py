"""Diversity: how evenly the sample is spread over what is recorded of its people. Nothing here names anybody."""

import re
from collections import Counter
from collections.abc import Sequence

from app.models.strategy import AttributeSpread
from app.strategy.grounds import Grounds
from app.strategy.words import count, figure, percent
from retrieval.readers.measures import is_measure

# Attributes that tell who somebody is rather than what kind of person: never counted by value.
TELLING = ("account", "employer", "company", "file", "name", "organisation", "organization")
ID = re.compile(r"(?:^|[_\s])id$", re.IGNORECASE)
# One value for more than this share of the people is lopsided.
MOST_OF_ONE = 0.6
# An attribute unknown for more than this share cannot be used to compare.
MOST_MISSING = 0.2


def measure_diversity(grounds: Grounds) -> list[AttributeSpread]:
    """One for each attribute that describes people, in order of name; what a CRM measures of accounts is none."""
    people = grounds.cast.participants
    names = sorted({name for person in people for name in person.attributes})
    kept = [name for name in names if name.lower() not in TELLING and not ID.search(name) and not is_measure(name)]
    return [_spread(name, [person.attributes.get(name, "").strip() for person in people]) for name in kept]


def _spread(name: str, cells: Sequence[str]) -> AttributeSpread:
    values = [cell for cell in cells if cell]
    n, missing = len(cells), len(cells) - len(values)
    counted = Counter(values)
    value, most = min(counted.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
    numbers = _numbers(values)
    share = round(most / n, 4)
    return AttributeSpread(
        name=name.replace("_", " "),
        distinct=len(counted),
        range=f"{figure(min(numbers))} to {figure(max(numbers))}" if numbers else "",
        largest=value if most > 1 and not numbers else "",
        largest_share=share,
        missing=missing,
        n=n,
        attention=_attention(value, most, share, missing, n, numeric=bool(numbers)),
    )


def _numbers(values: Sequence[str]) -> list[float]:
    """The values as numbers, where all of them are."""
    try:
        return [float(value.replace(",", "")) for value in values]
    except ValueError:
        return []


def _attention(value: str, most: int, share: float, missing: int, n: int, *, numeric: bool) -> str:
    if missing > MOST_MISSING * n:
        return f"not recorded for {missing} of {count(n, 'person', 'people')}"
    if most == n and n > 1:
        return f"all are “{value}”: nothing can be said of others"
    return f"{percent(share)} are “{value}”" if share > MOST_OF_ONE and not numeric else ""
