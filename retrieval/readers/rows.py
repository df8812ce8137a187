"""Rows of tables (.csv, .tsv, .xlsx), one at a time: a file of a million rows takes no more memory than one of ten.

    for row in read_rows(Path("notes.csv")):
        row.line, row.cells

Delimiter (comma, semicolon, tab, bar) and encoding are detected. Cells are stripped; rows without any
are left out; `line` is the file's line (csv) or the sheet's row (xlsx), counted from 1.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import encoding_of
from retrieval.readers.files import opened

DELIMITERS = ",;\t|"
# A character no file has between its cells: the table has one column.
ONE_COLUMN = "\x1f"
SAMPLE = 64_000  # characters the delimiter is told from
SAMPLE_ROWS = 25
# Of the sampled rows, how many must have the same number of cells for a sign to be the delimiter.
SAME_WIDTH = 0.6
HEADER_CELL = 40  # characters; what is longer is a sentence with commas
TABLES = (".csv", ".tsv", ".xlsx")


@dataclass(frozen=True)
class Row:
    line: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """A table in a file: `name` is the file's name, with the sheet's where there are several.

    `rows` reads from the beginning each time it is called.
    """

    name: str
    rows: Callable[[], Iterator[Row]]


def read_rows(source: Path | bytes, where: str | None = None) -> Iterator[Row]:
    """The rows of a table, of all its sheets where it has several.

    Raises UnreadableSource, with the line where there is one, for a file that is no table.
    """
    name = where or (source.name if isinstance(source, Path) else "table.csv")
    for sheet in read_sheets(source, name):
        yield from sheet.rows()


def read_sheets(source: Path | bytes, where: str) -> list[Sheet]:
    """The tables of a file: one for text, one for each sheet that is not empty for .xlsx."""
    if Path(where).suffix.lower() == ".xlsx":
        # Loaded here because most imports hold no spreadsheet.
        from retrieval.readers.spreadsheets import workbook_sheets

        return workbook_sheets(source, where)
    return [Sheet(where, lambda: text_rows(source, where))]


def text_rows(source: Path | bytes, where: str) -> Iterator[Row]:
    """The rows of a table in text. Raises UnreadableSource for bytes in no encoding we know and for broken quotes."""
    with opened(source, where) as stream:
        encoding = encoding_of(stream, where)
        stream.seek(0)
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        try:
            delimiter = _delimiter(text.read(SAMPLE))
        except UnicodeError:
            raise _undecodable(where, 1) from None
        text.seek(0)
        yield from _parsed(text, delimiter, where)
        text.detach()


def _parsed(text: IO[str], delimiter: str, where: str) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            remedy = "Correct the quotes around the cells"
            raise UnreadableSource(where, f"the row cannot be read ({fault})", remedy, line) from None
        except UnicodeError:
            raise _undecodable(where, line) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Row(line, [cell.strip() for cell in cells])
        line = reader.line_num + 1


def _undecodable(where: str, line: int) -> UnreadableSource:
    remedy = "Save the file as UTF-8 and import it again"
    return UnreadableSource(where, "the bytes here are in no text encoding we know", remedy, line)


def _delimiter(sample: str) -> str:
    """The sign that gives most rows the same number of cells, more than one; else what parts the first line."""
    whole = sample[: sample.rfind("\n") + 1] if len(sample) >= SAMPLE and "\n" in sample else sample
    best, most = "", (0.0, 0)
    for sign in DELIMITERS:
        widths = _widths(whole, sign)
        wide, count = max(Counter(width for width in widths if width > 1).items(), key=_common, default=(1, 0))
        share = round(count / len(widths), 1)
        if share >= SAME_WIDTH and (share, wide) > most:
            best, most = sign, (share, wide)
    return best or _of_header(whole.lstrip("\n").split("\n", 1)[0])


def _common(width_and_count: tuple[int, int]) -> tuple[int, int]:
    width, count = width_and_count
    return count, width


def _of_header(line: str) -> str:
    """The delimiter of a first line that reads like names of columns; its rows may be ragged."""
    sign = max(DELIMITERS, key=line.count)
    names = line.split(sign)
    return sign if len(names) > 1 and all(len(name) <= HEADER_CELL for name in names) else ONE_COLUMN


def _widths(sample: str, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(sample), delimiter=delimiter, skipinitialspace=True)
    try:
        return [len(row) for row in islice(reader, SAMPLE_ROWS) if any(row)] or [1]
    except csv.Error:
        return [1]  # a cell longer than csv allows: with another sign the rows may be shorter
