"""Writing: assignments as CSV and JSON, piece by piece.

CSV columns are `line`, the cells the CRM knows the row by, then properties to import; every cell is inert.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from app.cells import BOM, csv_lines, written
from app.models.assignment import Assignment

UNASSIGNED = "unassigned"
PROPERTIES = (
    "dramatis_persona", "dramatis_micro_persona", "dramatis_confidence", "dramatis_suppressed", "dramatis_reasons",
    "dramatis_ask", "dramatis_missing",
)  # fmt: skip


def as_csv(assignments: Iterable[Assignment], keys: Sequence[str]) -> Iterator[str]:
    yield BOM + csv_lines([["line", *keys, *PROPERTIES]])
    for one in assignments:
        row = [one.line, *(one.keys.get(key, "") for key in keys), *_properties(one)]
        yield csv_lines([[written(cell) for cell in row]])


def as_json(assignments: Iterable[Assignment]) -> Iterator[str]:
    """One JSON list, a row a line."""
    opening = "[\n"
    for one in assignments:
        yield opening + json.dumps(one.model_dump(mode="json"), ensure_ascii=False)
        opening = ",\n"
    yield "]\n" if opening != "[\n" else "[]\n"


def persona_of(one: Assignment) -> str:
    """The persona's name; “unassigned” for nobody's, and for who is not to be written to."""
    return one.macro.name if one.assigned else UNASSIGNED


def _properties(one: Assignment) -> list[str | float]:
    micro = one.micro.name if one.assigned and one.micro.segment_id else UNASSIGNED
    why = [*one.macro.why, *(one.micro.why if one.micro.segment_id else [])]
    missing = ", ".join(field.replace("_", " ") for field in one.missing)
    return [persona_of(one), micro, one.macro.confidence, one.suppressed, "; ".join(why), one.ask, missing]
