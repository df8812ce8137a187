"""Cells: a table as CSV that spreadsheets open as it is meant, and nothing in it as a formula.

RFC 4180 in UTF-8 with a byte order mark, by which spreadsheets know umlauts. What people said may begin with a sign
that starts a formula; such a text gets an apostrophe before it, and so does one that begins with an apostrophe. So the
rule for reading is one: an apostrophe at the beginning of a cell is not part of it (`as_said`). Numbers stay numbers.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

Cell = str | int | float | None
BOM = "\ufeff"
# What starts a formula, after blanks too: OWASP's list, and the wide forms that some spreadsheets take for the narrow.
STARTS = re.compile(r"\s*['=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
# NUL, at which some readers stop, and halves of characters, which no file holds.
NO_TEXT = re.compile(r"[\0\ud800-\udfff]")


def inert(text: str) -> str:
    """The text as a cell that no spreadsheet reckons with."""
    return f"'{text}" if STARTS.match(text) else text


def as_said(cell: str) -> str:
    """The text that became this cell."""
    return cell.removeprefix("'")


def written(cell: Cell) -> Cell:
    """The cell as it goes into a file: text made inert, numbers and None as they are."""
    return inert(sound(cell)) if isinstance(cell, str) else cell


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as a file. None is an empty cell; what is no character of any text is shown as �."""
    return (BOM + csv_lines([columns, *([written(cell) for cell in row] for row in rows)])).encode()


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as they are given, each on a line."""
    written = StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def sound(text: str) -> str:
    """The text without what cannot be written into a file."""
    return NO_TEXT.sub("\ufffd", text)
