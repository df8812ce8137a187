"""Contacts: a table of contacts or accounts, row by row; a million rows take no more memory than ten.

Of each row only the fields that rules test are read, and the cells by which the CRM knows the row again.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from app.activation.fields import field_of
from app.errors import BadInput
from retrieval.errors import UnreadableSource
from retrieval.readers import Table, find_tables
from retrieval.readers.columns import normal
from retrieval.readers.rows import TABLES, Row

# What a CRM knows a row by, best first; the first kind that a table has is kept.
KEYS = (
    {"recordid", "contactid", "hscontactid", "companyid", "accountid", "leadid", "id"},
    {"email", "emailaddress", "workemail"},
    {"companydomainname", "domain", "website"},
    {"account", "accountname", "company", "companyname"},
)
MOST_NAMED = 12


@dataclass(frozen=True)
class Contact:
    """A row: its `keys` by column, and its values by field. `table` names the sheet where there are several."""

    table: str
    line: int
    keys: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True)
class Contacts:
    """A file's tables that hold a field some rule tests."""

    tables: list[Table]
    wanted: frozenset[str]

    @property
    def columns(self) -> dict[str, str]:
        """Field → the name of the column it is read from."""
        named = [(field_of(one.header), one.header) for table in reversed(self.tables) for one in table.columns]
        return {field: header for field, header in named if field in self.wanted}

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys(header for table in self.tables for _, header in _keys(table)))

    def must_be_read(self) -> None:
        """Raises UnreadableSource, with the line, for the first row that cannot be read."""
        for _ in self.rows():
            pass

    def rows(self) -> Iterator[Contact]:
        """Raises UnreadableSource, with the line, for a row that cannot be read."""
        for table in self.tables:
            keys, fields = _keys(table), _fields(table, self.wanted)
            for row in table.sheet.rows():
                if row.line > table.header.last:
                    _must_fit(row, table)
                    yield Contact(table.name, row.line, _picked(keys, row.cells), _picked(fields, row.cells))


def open_contacts(source: Path | bytes, name: str, wanted: Set[str]) -> Contacts:
    """The contacts of a file. BadInput where no column holds what a rule tests; UnreadableSource for no table."""
    if Path(name).suffix.lower() not in TABLES:
        raise BadInput(f"{name or 'The file'} is no table of contacts. Give one of {', '.join(TABLES)}.")
    tables = find_tables(source, name)
    known = [table for table in tables if _fields(table, wanted)]
    if not known:
        found = ", ".join(f"“{one.header[:40]}”" for one in tables[0].columns[:MOST_NAMED])
        sought = ", ".join(sorted(one.replace("_", " ") for one in wanted)) or "no field at all"
        raise BadInput(f"{name}: no column holds what the rules test ({sought}). Its columns are {found}. "
                       "Rename one, for example to “Job Title” or “Industry”.")  # fmt: skip
    return Contacts(known, frozenset(wanted))


def _must_fit(row: Row, table: Table) -> None:
    """UnreadableSource for a row with cells in no column: its other cells may stand in the wrong ones."""
    if any(row.cells[len(table.header.names) :]):
        reason = f"the row has {len(row.cells)} cells, but there are {len(table.header.names)} columns"
        raise UnreadableSource(table.name, reason, "Put cells that hold the separator in quotes", row.line)


def _fields(table: Table, wanted: Set[str]) -> list[tuple[int, str]]:
    """Column → field, the first column of each field."""
    found: dict[str, int] = {}
    for column in table.columns:
        field = field_of(column.header)
        if field in wanted:
            found.setdefault(field, column.index)
    return [(index, field) for field, index in found.items()]


def _keys(table: Table) -> list[tuple[int, str]]:
    for kind in KEYS:
        found = [(column.index, column.header) for column in table.columns if normal(column.header) in kind]
        if found:
            return found
    return []


def _picked(columns: list[tuple[int, str]], cells: list[str]) -> dict[str, str]:
    return {name: cells[index] for index, name in columns if index < len(cells) and cells[index]}
