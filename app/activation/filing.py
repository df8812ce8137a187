"""Filing: assignments into a file, written whole and then put in place."""

from pathlib import Path
from typing import Literal

from app.activation.assigning import Assigner
from app.activation.contacts import Contacts
from app.activation.tally import Tally
from app.activation.writing import as_csv, as_json
from app.errors import BadInput
from app.models.assignment import RuleBook

Kind = Literal["csv", "json"]


def must_not_replace(source: Path, out: Path) -> None:
    """BadInput where `out` is the very table that is read, by whatever name."""
    if source.exists() and out.exists() and out.samefile(source):
        raise BadInput(f"{out} is the table of contacts itself, which would be lost. Write to another file.")


def write_assignments(book: RuleBook, contacts: Contacts, path: Path, kind: Kind, offer: str) -> Tally:
    """Row by row, so that memory does not grow with the table; `offer` is the next action of who is assigned.

    Raises UnreadableSource for a row that cannot be read, and OSError where the file cannot be written; then there is
    no file."""
    tally, part = Tally(), path.with_name(f"{path.name}.part")
    found = tally.counted(map(Assigner(book).assign, contacts.rows()))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as written:
            written.writelines(as_csv(found, contacts.keys, offer) if kind == "csv" else as_json(found))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return tally
