"""Reading: a file in, a Source out.

    source = read_source(Path("P03.vtt"))
    source.turns[0].of(source.text)

    for table in open_tables(Path("tickets.xlsx")):      # many sources in one file
        for entry in table_entries(table): ...

Every reader raises UnreadableSource with one sentence saying what is wrong, where, and what to do.
A new format is one file with a `read(raw, where) -> Reading` and one line in FORMATS.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from retrieval.errors import UnreadableSource
from retrieval.evidence import Role, Source, SourceKind, Speaker, Turn, stable_id
from retrieval.readers.entries import Entry, check_table, table_entries, withdrawn_in
from retrieval.readers.files import load
from retrieval.readers.mail import read_eml
from retrieval.readers.office import read_docx
from retrieval.readers.opendocument import read_odt
from retrieval.readers.participants import ParticipantsTable, read_participants
from retrieval.readers.pdf import read_pdf
from retrieval.readers.plain import read_plain, trimmed
from retrieval.readers.reading import AUTHOR, UNREADABLE, Reader, Reading
from retrieval.readers.rich_text import read_rtf
from retrieval.readers.roles import Casting, cast
from retrieval.readers.rows import TABLES, read_rows
from retrieval.readers.speech_json import read_speech_json
from retrieval.readers.speech_tables import read_speech_table
from retrieval.readers.spellings import as_people
from retrieval.readers.subtitles import read_sbv, read_srt, read_vtt
from retrieval.readers.tables import Table, TableKind, find_tables, open_tables
from retrieval.readers.timed_lines import read_lrc
from retrieval.readers.webpage import read_html

__all__ = [
    "AUTHOR", "FORMATS", "TABLES", "WRITTEN", "Casting", "Entry", "ParticipantsTable", "Table", "TableKind",
    "check_table", "find_tables", "open_tables", "read_bytes", "read_participants", "read_rows", "read_source",
    "table_entries", "withdrawn_in",
]  # fmt: skip

FORMATS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".vtt": read_vtt,
    ".srt": read_srt,
    ".sbv": read_sbv,
    ".lrc": read_lrc,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".json": read_speech_json,
    ".csv": read_speech_table,
    ".tsv": read_speech_table,
    ".xlsx": read_speech_table,
    ".eml": read_eml,
    ".html": read_html,
    ".htm": read_html,
}
# Formats that people write to each other in: notes, unless somebody says that one is an interview.
WRITTEN = (".eml", ".html", ".htm")


def read_source(
    path: Path,
    *,
    name: str | None = None,
    kind: SourceKind = SourceKind.INTERVIEW,
    interviewer: str | None = None,
    participant_id: str | None = None,
    labels: Mapping[str, str] | None = None,
    same: Mapping[str, str] | None = None,
) -> Source:
    """Read one transcript or note.

    `name` is stored (default: the file's name); its ending tells the format. `interviewer` is the label of who asks;
    `participant_id` the file's participant in participants.csv; `labels` maps labels of the
    transcript to participant ids, for files with several participants; `same` maps a label to the
    label of the same person. Raises UnreadableSource for every file that cannot be imported.
    """
    name = name or path.name
    reader_of(name)
    return read_bytes(load(path, name), name, kind=kind, casting=Casting(interviewer, participant_id, labels, same))


def read_bytes(
    raw: bytes,
    name: str,
    *,
    kind: SourceKind = SourceKind.INTERVIEW,
    casting: Casting | None = None,
    columns: Mapping[str, str] | None = None,
) -> Source:
    """Read a file's bytes; `name` tells the format by its ending. Same bytes, same source id.

    `columns` says what a column of a table means where its name does not (see `retrieval.readers.columns`).
    """
    reader = reader_of(name)
    reading = read_speech_table(raw, name, columns) if reader is read_speech_table else reader(raw, name)
    if not reading.text[reading.body :].strip():
        raise UnreadableSource(name, "the file holds no words", "Check that it is the right file")
    digest = hashlib.sha256(raw).hexdigest()
    if kind is SourceKind.NOTE:
        turns, speakers, remarks = _written(reading), [Speaker(label=AUTHOR, role=Role.AUTHOR)], list[str]()
    else:
        reading, casting = as_people(reading, casting or Casting())
        speakers, remarks = cast(reading, casting, Path(name).stem, name)
        turns = reading.turns
    return Source(
        id=stable_id("src", digest), name=name, kind=kind, text=reading.text, content_sha256=digest,
        turns=turns, speakers=speakers, repairs=reading.repairs + remarks + _unreadable(reading.text),
    )  # fmt: skip


def reader_of(name: str) -> Reader:
    """The reader for a file's ending. Raises UnreadableSource where there is none, naming those there are."""
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        ending = f"files ending in {suffix} cannot be read" if suffix else "a file without an ending cannot be read"
        raise UnreadableSource(name, ending, f"Give one of {', '.join(FORMATS)}")
    return FORMATS[suffix]


def _written(reading: Reading) -> list[Turn]:
    """A note is one turn of whoever wrote it."""
    start, end = trimmed(reading.text, reading.body, len(reading.text))
    return [Turn(index=0, speaker=AUTHOR, start=start, end=end)]


def _unreadable(text: str) -> list[str]:
    count = text.count(UNREADABLE)
    return [f"signs that are no text and stand as “{UNREADABLE}”: {count}"] if count else []
