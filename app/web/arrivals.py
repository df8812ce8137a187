"""Arrivals: what became of each file of an upload, in the order in which one wants to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Outcome → its word and its shape. Refused files first: they need somebody.
OUTCOMES = {
    "refused": ("Not imported", "off"),
    "withheld": ("Kept out", "non"),
    "removed": ("Removed", "non"),
    "skipped": ("Left aside", "non"),
    "replaced": ("Replaced", "obs"),
    "imported": ("Imported", "obs"),
    "described": ("Described", "obs"),
    "unchanged": ("Known already", "inf"),
}
# Of a table's rows, which may be a million, the first are named and the others counted.
MOST = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """Files that came to the same; `more` are those beyond what is named."""

    word: str
    shape: str
    total: int
    files: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    outcomes: list[Outcome]
    remarks: list[str]
    repairs: list[str]


def arrivals(told: Mapping[str, Sequence[str]]) -> Arrivals:
    """From an upload's report."""
    found = [_outcome(name, told[name]) for name in OUTCOMES if told.get(name)]
    return Arrivals(found, [*told.get("changes", ()), *told.get("codings", ())], list(told.get("repairs", ())))


def _outcome(name: str, files: Sequence[str]) -> Outcome:
    word, shape = OUTCOMES[name]
    return Outcome(word, shape, len(files), list(files[:MOST]), max(len(files) - MOST, 0))
