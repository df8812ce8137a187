"""A table as CSV: every cell inert, equal rows give equal bytes."""

import csv
import io
from collections.abc import Iterable, Sequence

from app.cells import inert

Cell = str | float | None


def csv_line(cells: Sequence[Cell]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([inert(cell) for cell in cells])
    return written.getvalue()


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    return "".join(map(csv_line, [header, *rows]))
