"""Tables of notes, tickets, survey answers, speech, companies and contacts: what each is, row by row.

    for table in open_tables(Path("survey.xlsx")):
        for entry in table_entries(table):      # retrieval.readers.entries
            entry.source, entry.participant

What a table holds is told from the names of its columns (`columns`):

    speech    a text and who says it or when: one transcript
    survey    questions: one participant a row, each answer under its question
    notes     a text: one note a row (sales notes, support tickets, feedback)
    crm       an account or a participant and what is known of them: no speech, only attributes
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path, PurePosixPath

from retrieval.errors import UnreadableSource
from retrieval.readers.columns import Column, Field, describes_people, name_columns
from retrieval.readers.headers import Header, find_header
from retrieval.readers.rows import Row, Sheet, read_sheets

NAME_COLUMNS = "Name a column participant, account, note or a question, or say what one is with --map COLUMN=FIELD"


class TableKind(StrEnum):
    SPEECH = "speech"
    SURVEY = "survey"
    NOTES = "notes"
    CRM = "crm"


@dataclass(frozen=True)
class Record:
    """A row with its cells by what they mean; empty cells are left out."""

    line: int
    values: Mapping[Field, str]
    answers: tuple[tuple[str, str], ...]
    attributes: Mapping[str, str]

    def get(self, field: Field) -> str:
        return self.values.get(field, "")


@dataclass(frozen=True)
class Table:
    """One table of a file; `name` is the file's, with the sheet's where there are several.

    `unknown` are the other sheets of the file, whose columns say nothing we know.
    """

    sheet: Sheet
    header: Header
    columns: list[Column]
    unknown: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.sheet.name

    @property
    def stem(self) -> str:
        """What ids of this table's people begin with where they have none of their own."""
        first, *rest = PurePosixPath(self.name).parts[-2:]
        return PurePosixPath(first).stem if rest and "." in first else PurePosixPath(self.name).stem

    @cached_property
    def kinds(self) -> frozenset[TableKind]:
        """What the table holds: one kind, or notes about people whom it also describes."""
        fields = {column.field for column in self.columns}
        if Field.NOTE in fields and Field.QUESTION not in fields and fields & {Field.SPEAKER, Field.START}:
            return frozenset({TableKind.SPEECH})
        if Field.QUESTION in fields:
            return frozenset({TableKind.SURVEY})
        people = describes_people(self.columns) or (Field.NOTE not in fields and self._has_people(fields))
        found = {TableKind.NOTES} if Field.NOTE in fields else set()
        return frozenset(found | ({TableKind.CRM} if people else set()))

    def _has_people(self, fields: set[Field]) -> bool:
        return bool(fields & {Field.ACCOUNT, Field.PARTICIPANT}) and Field.ATTRIBUTE in fields

    def records(self) -> Iterator[Record]:
        """The rows below the header. Raises UnreadableSource, with the line, for a row with cells in no column."""
        for row in self.sheet.rows():
            if row.line > self.header.last:
                yield self._record(row)

    def _record(self, row: Row) -> Record:
        extra = [cell for cell in row.cells[len(self.header.names) :] if cell]
        if extra:
            reason = f"the row has {len(row.cells)} cells, but there are {len(self.header.names)} columns"
            raise UnreadableSource(self.name, reason, "Put cells that hold the separator in quotes", row.line)
        filled = [(column, row.cells[column.index]) for column in self.columns if column.index < len(row.cells)]
        filled = [(column, cell) for column, cell in filled if cell]
        return Record(
            line=row.line,
            values={column.field: cell for column, cell in reversed(filled)},
            answers=tuple((column.name, cell) for column, cell in filled if column.field is Field.QUESTION),
            attributes={column.name: cell for column, cell in filled if column.field is Field.ATTRIBUTE},
        )

    def remarks(self) -> list[str]:
        """What is left out of the table, for the report."""
        found = [f"sheets whose columns are not known, left out: {', '.join(self.unknown)}"] if self.unknown else []
        if self.header.above:
            found.append(f"rows above the names of the columns, left out: {self.header.above}")
        personal = [one.header for one in self.columns if one.field in (Field.PERSON, Field.PERSONAL)]
        own = [one.header for one in self.columns if one.field is Field.IGNORE]
        for left, why in ((personal, "they name or reach a person"), (own, "the tool's own")):
            if left:
                found.append(f"columns left out ({why}): {', '.join(left)}")
        return found


def open_tables(
    source: Path | bytes, where: str | None = None, mapping: Mapping[str, str] | None = None
) -> list[Table]:
    """The tables of a file, one for each sheet whose columns say what it holds.

    Raises UnreadableSource for a file that is no table, and where no column says what a table holds.
    """
    name = where or (source.name if isinstance(source, Path) else "table.csv")
    tables = find_tables(source, name, mapping)
    known = [table for table in tables if table.kinds]
    if not known:
        header = tables[0].header
        shown = ", ".join(f"“{one}”" for one in header.names if one)[:200]
        reason = f"what the table holds cannot be told from its columns ({shown})"
        raise UnreadableSource(name, reason, NAME_COLUMNS, header.last)
    unknown = tuple(table.name for table in tables if not table.kinds)
    return [replace(known[0], unknown=unknown), *known[1:]]


def find_tables(source: Path | bytes, where: str, mapping: Mapping[str, str] | None = None) -> list[Table]:
    """The tables of a file, those that hold nothing we know among them. Raises UnreadableSource for no table."""
    return [_table(sheet, mapping) for sheet in read_sheets(source, where)]


def _table(sheet: Sheet, mapping: Mapping[str, str] | None) -> Table:
    header = find_header(sheet)
    return Table(sheet, header, name_columns(header.names, mapping))
