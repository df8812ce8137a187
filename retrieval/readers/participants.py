"""participants.csv (or .tsv, .xlsx): who takes part, in which file, under which consent.

Columns: `participant` is required; `file`, `consent`, `interviewer` and `speaker` (labels used in
the file) are known; every other column becomes an attribute of the participant. Values of
`consent`: research, research+marketing, withdrawn. Where the column is missing, research is meant.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from retrieval.errors import UnreadableSource
from retrieval.evidence import Consent, Participant
from retrieval.readers.rows import Row, read_rows

REQUIRED = ("participant",)
KNOWN = (*REQUIRED, "file", "consent", "interviewer", "speaker")
CONSENTS = ", ".join(consent.value for consent in Consent)


@dataclass(frozen=True)
class ParticipantRow:
    """One line of the table; `line` counts from 1, the header included."""

    participant: Participant
    line: int
    file: str | None = None
    interviewer: str | None = None
    speaker: str | None = None


@dataclass(frozen=True)
class ParticipantsTable:
    """`where` is the table's file as the user named it; rows stand in the order of the file."""

    where: str
    rows: list[ParticipantRow]

    @property
    def participants(self) -> list[Participant]:
        return [row.participant for row in self.rows]

    @property
    def withdrawn(self) -> list[ParticipantRow]:
        return [row for row in self.rows if row.participant.consent is Consent.WITHDRAWN]

    def rows_for(self, name: str) -> list[ParticipantRow]:
        """The rows of one transcript: by its path, else by its file name, else by the id that names the file."""
        path = PurePosixPath(name.replace("\\", "/"))
        for same in (_same_path, _same_name, _same_stem):
            found = [row for row in self.rows if same(row, path)]
            if found:
                return found
        return []

    def labels_for(self, name: str) -> dict[str, str]:
        """Participant ids by the label the table gives in `speaker`, for `read_source(labels=…)`."""
        return {row.speaker: row.participant.id for row in self.rows_for(name) if row.speaker}

    def check_files(self, names: Iterable[str]) -> None:
        """Raises UnreadableSource, with the line, for the first row whose file is not among `names`."""
        used = {row.line for name in names for row in self.rows_for(name)}
        for row in self.rows:
            if row.file and row.line not in used:
                reason = f"the file “{row.file}” of {row.participant.id} is not there"
                raise UnreadableSource(self.where, reason, "Correct the file column or remove the row", row.line)


def _same_path(row: ParticipantRow, path: PurePosixPath) -> bool:
    return bool(row.file) and PurePosixPath(row.file or "") == path


def _same_name(row: ParticipantRow, path: PurePosixPath) -> bool:
    return bool(row.file) and PurePosixPath(row.file or "").name == path.name


def _same_stem(row: ParticipantRow, path: PurePosixPath) -> bool:
    return not row.file and row.participant.id.casefold() == path.stem.casefold()


def read_participants(source: Path | bytes, *, name: str | None = None) -> ParticipantsTable:
    """Read participants.csv (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252) or its like in Excel.

    Raises UnreadableSource, with the line where there is one, for a missing column, a column named
    twice, a row without an id or with too many cells, an id named twice, and an unknown consent.
    """
    where = name or (source.name if isinstance(source, Path) else "participants.csv")
    records = list(read_rows(source, where))
    if not records:
        raise UnreadableSource(where, "the file is empty", "Write one row for each participant")
    columns = _columns(records, where)
    rows = [_row(columns, record.cells, record.line, where) for record in records[1:]]
    if not rows:
        raise UnreadableSource(where, "the table names no participant", "Add one row for each participant")
    _refuse_twins(rows, where)
    return ParticipantsTable(where, rows)


def _columns(records: list[Row], where: str) -> list[str]:
    line, header = records[0].line, records[0].cells
    columns = [cell.casefold() if cell.casefold() in KNOWN else cell for cell in header]
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        remedy = (
            f"Name the columns in the first line; needed is {', '.join(REQUIRED)}, known are {', '.join(KNOWN[1:])}"
        )
        raise UnreadableSource(where, f"the column {', '.join(missing)} is missing", remedy, line)
    twice = [column for column, count in Counter(columns).items() if column and count > 1]
    if twice:
        raise UnreadableSource(where, f"the column {twice[0]} stands there twice", "Rename or remove one", line)
    return columns


def _row(columns: list[str], cells: list[str], line: int, where: str) -> ParticipantRow:
    if len(cells) > len(columns):
        reason = f"the row has {len(cells)} cells, but there are {len(columns)} columns"
        raise UnreadableSource(where, reason, "Put cells that hold the separator in quotes", line)
    values = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
    if "participant" not in values:
        raise UnreadableSource(where, "the row names no participant", "Fill in the participant column", line)
    consent = consent_of(values.get("consent", ""), line, where) if "consent" in columns else Consent.RESEARCH
    attributes = {column: value for column, value in values.items() if column not in KNOWN}
    participant = Participant(id=values["participant"], attributes=attributes, consent=consent)
    return ParticipantRow(participant, line, values.get("file"), values.get("interviewer"), values.get("speaker"))


def consent_of(value: str, line: int, where: str) -> Consent:
    """An empty cell is refused like an unknown word: consent is not for us to assume."""
    written = "".join(value.casefold().split())
    try:
        return Consent(written)
    except ValueError:
        said = f"the consent “{value}” is not known" if value else "the consent is not filled in"
        raise UnreadableSource(where, said, f"Write one of {CONSENTS}", line) from None


def _refuse_twins(rows: list[ParticipantRow], where: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.participant.id.casefold(), row.line)
        if first != row.line:
            reason = f"the participant {row.participant.id} already stands in line {first}"
            raise UnreadableSource(where, reason, "Give each participant an id of their own", row.line)
