"""Where a table's header stands, and what the columns are called.

Titles above the header are left out with a word. SurveyMonkey writes a second header row (the answer's
type under the question), Qualtrics three rows (ids, questions, import ids); both are understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.errors import UnreadableSource
from retrieval.readers.rows import Row, Sheet

LOOK_AT = 30  # rows
MOST_HEADER = 1_000  # characters; questions may be long, answers of that length are no header
NUMBER = re.compile(r"[-+]?[\d.,:/ %€$£-]+")
SUBHEADER = {"open-ended response", "response", "other (please specify)", "open ended response"}


@dataclass(frozen=True)
class Header:
    """`names` are in the order of the columns; rows up to the line `last` are no data."""

    names: list[str]
    last: int
    above: int


def find_header(sheet: Sheet) -> Header:
    """The header of a table. Raises UnreadableSource where there is none, or nothing below it."""
    first = list(islice(sheet.rows(), LOOK_AT))
    widths = sorted(_filled(row) for row in first)
    typical = widths[len(widths) // 2] if widths else 0
    index = next((n for n, row in enumerate(first) if _heads(row, typical)), None)
    if index is None:
        remedy = "Name the columns in the first line"
        raise UnreadableSource(sheet.name, "no line with the names of the columns was found", remedy)
    names, index = _with_subheaders(first, index)
    if len(first) <= index + 1:
        raise UnreadableSource(sheet.name, "the table has no rows below its header", "Check that it is the right file")
    return Header(_without_twins(names), first[index].line, index)


def _filled(row: Row) -> int:
    return sum(bool(cell) for cell in row.cells)


def _heads(row: Row, typical: int) -> bool:
    cells = [cell for cell in row.cells if cell]
    if len(cells) < max(1, typical / 2) or len(cells) < min(2, typical):
        return False
    return all(len(cell) <= MOST_HEADER for cell in cells) and sum(
        bool(NUMBER.fullmatch(cell)) for cell in cells
    ) * 2 < len(cells)


def _with_subheaders(rows: Sequence[Row], index: int) -> tuple[list[str], int]:
    names = list(rows[index].cells)
    below = rows[index + 1 : index + 3]
    if len(below) == 2 and any(cell.startswith('{"ImportId"') for cell in below[1].cells):
        asked = below[0].cells
        return [
            asked[n] if n < len(asked) and _is_asked(name, asked[n]) else name for n, name in enumerate(names)
        ], index + 2
    if below and any(cell.casefold() in SUBHEADER for cell in below[0].cells) and not below[0].cells[0]:
        return _joined(names, below[0].cells), index + 1
    return names, index


def _is_asked(name: str, asked: str) -> bool:
    """Qualtrics repeats the name of its own columns in other words; only questions take the second row's."""
    return bool(re.match(r"Q\d|QID", name)) and bool(asked)


def _joined(names: list[str], below: list[str]) -> list[str]:
    """The parts of a question stand below it, and its own name only above the first of them."""
    found: list[str] = []
    last = ""
    for n in range(max(len(names), len(below))):
        name = names[n] if n < len(names) else ""
        part = below[n] if n < len(below) else ""
        last = name or (last if part else "")
        plain = not part or part.casefold() in SUBHEADER
        found.append(last if plain else f"{last} – {part}" if last else part)
    return found


def _without_twins(names: list[str]) -> list[str]:
    """Two columns of one name are told apart by a number."""
    counts: dict[str, int] = {}
    found = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        found.append(f"{name} ({counts[name]})" if name and counts[name] > 1 else name)
    return found
