"""Writing: assignments as CSV and JSON, piece by piece.

CSV columns are `line`, the cells the CRM knows the row by, then properties to import; every cell is inert.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from app.cells import BOM, csv_lines, written
from app.models.assignment import Assignment

UNASSIGNED = "unassigned"
# Internal name → label, type and what it is for.
PROPERTIES = {
    "dramatis_persona": ("Persona", "enumeration", "The core persona, or unassigned."),
    "dramatis_micro_persona": ("Micro persona", "enumeration", "The micro persona, or unassigned."),
    "dramatis_confidence": (
        "Persona confidence", "number", "0 to 1, by the rules; 1 for who was interviewed. Empty for unassigned."
    ),
    "dramatis_next_action": ("Persona next action", "string", "What to offer next; see next-actions.csv."),
    "dramatis_suppressed": ("Paused because", "string", "Filled where a suppression rule holds. Do not write to them."),
    "dramatis_reasons": ("Persona reasons", "string", "Which rules hold, with their counts."),
    "dramatis_ask": ("Persona question", "string", "The question that would settle it."),
    "dramatis_missing": ("Persona missing fields", "string", "Fields that would say more."),
}  # fmt: skip


def as_csv(assignments: Iterable[Assignment], keys: Sequence[str], offer: str) -> Iterator[str]:
    """`offer` is the next action for whoever is assigned."""
    yield BOM + csv_lines([["line", *keys, *PROPERTIES]])
    for one in assignments:
        row = [one.line, *(one.keys.get(key, "") for key in keys), *_properties(one, offer)]
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


def _properties(one: Assignment, offer: str) -> list[str | float]:
    micro = one.micro.name if one.assigned and one.micro.segment_id else UNASSIGNED
    why = [*one.macro.why, *(one.micro.why if one.micro.segment_id else [])]
    missing = ", ".join(field.replace("_", " ") for field in one.missing)
    # How near somebody came to a persona that is not theirs is among the reasons.
    known = [one.macro.confidence, offer] if one.assigned else ["", ""]
    return [persona_of(one), micro, *known, one.suppressed, "; ".join(why), one.ask, missing]
