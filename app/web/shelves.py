"""Shelves: the files one may take away, as the page of exports lays them out. Files of one name and several kinds, such
as a playbook for reading and one for editing, stand in one row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.api.exports import Offered
from app.exports.catalogue import Shelf, Words

HEADINGS = {
    Shelf.PEOPLE: ("For people", "To read, print and send to whoever will never log in."),
    Shelf.ANALYSIS: ("For analysis", "Tables for spreadsheets and statistics, and projects for other tools."),
    Shelf.CAMPAIGNS: ("For campaigns", "For the CRM: whom to speak to, and whom to leave out."),
    Shelf.PLANNING: ("For planning", "Briefs and dates for the planner and the calendar."),
    Shelf.PROGRAMS: ("For programs", "JSON and its schemas."),
}
# How a kind of file is called by those who open it.
KINDS = {
    "html": "Web page", "pdf": "PDF", "docx": "Word", "md": "Markdown", "xlsx": "Excel", "csv": "CSV", "json": "JSON",
    "ics": "Calendar", "zip": "Zip", "qdpx": "REFI-QDA project", "qdc": "REFI-QDA codebook",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """`kinds` are pairs of what the kind is called and the file's name. `ready` is False where personas are needed."""

    title: str
    what: str
    cleared: bool
    ready: bool
    kinds: list[tuple[str, str]]


@dataclass(frozen=True)
class ShelfView:
    id: str
    heading: str
    about: str
    rows: list[Row]


def shelves(files: Sequence[Offered], *, personas: bool) -> list[ShelfView]:
    """Those with something on them, in their order; `personas` tells whether there is one."""
    found = []
    for shelf, (heading, about) in HEADINGS.items():
        here = sorted((one for one in files if one.shelf is shelf), key=lambda one: _first(files, one))
        rows = [_row(list(group), personas=personas) for _, group in groupby(here, key=lambda one: _stem(one.name))]
        found += [ShelfView(shelf.value, heading, about, rows)] if rows else []
    return found


def _first(files: Sequence[Offered], one: Offered) -> int:
    """The place of the first file of its name: all kinds of it stand there."""
    return next(at for at, other in enumerate(files) if _stem(other.name) == _stem(one.name))


def _row(group: list[Offered], *, personas: bool) -> Row:
    first = group[0]
    kinds = [(KINDS.get(_kind(one.name), _kind(one.name).upper()), one.name) for one in group]
    cleared = all(one.words is Words.CLEARED for one in group)
    return Row(first.title, first.what, cleared, personas or not any(one.needs_personas for one in group), kinds)


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _kind(name: str) -> str:
    return name.rpartition(".")[2]
