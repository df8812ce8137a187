"""Transcripts written as a table (.csv, .tsv, .xlsx): a row an utterance, as Whisper, MAXQDA or Zoom export them.

start   end     text                         Speaker;Time;Text
43810   47850   Hello everyone.              Dana;00:00:43;Hello everyone.
"""

from collections.abc import Mapping

from retrieval.errors import UnreadableSource
from retrieval.readers.clock import seconds
from retrieval.readers.columns import Field
from retrieval.readers.reading import DIARISE, Reading, Utterance, compose, tidy
from retrieval.readers.speech_json import LONGEST, in_seconds
from retrieval.readers.tables import Record, TableKind, open_tables

REMEDY = "Import it with dramatis ingest, which reads tables of notes, answers and companies row by row"


def read_speech_table(raw: bytes, where: str, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read a transcript in a table; `mapping` says what a column means where its name does not.

    Raises UnreadableSource for a table of anything else, and for unreadable times.
    """
    if not raw.strip():
        raise UnreadableSource(where, "the file is empty", "Export the transcript again and import the new file")
    tables = [table for table in open_tables(raw, where, mapping) if TableKind.SPEECH in table.kinds]
    if len(tables) != 1:
        reason = "this table is no single transcript" if not tables else "the workbook holds several transcripts"
        raise UnreadableSource(where, reason, "Save each as a file of its own" if tables else REMEDY)
    pieces = [_utterance(record, where) for record in tables[0].records()]
    if not any(piece.text for piece in pieces):
        raise UnreadableSource(where, "no row with words was found", "Check that it is the right file")
    pieces, repairs = in_seconds(pieces)
    return compose(pieces, repairs=tables[0].remarks() + repairs, remedy=DIARISE)


def _utterance(record: Record, where: str) -> Utterance:
    start = _time(record.get(Field.START) or record.get(Field.DATE), record.line, where)
    end = _time(record.get(Field.END), record.line, where)
    return Utterance(tidy(record.get(Field.SPEAKER)) or None, tidy(record.get(Field.NOTE)), start, end)


def _time(value: str, line: int, where: str) -> float | None:
    if not value:
        return None
    time = seconds(value)
    if time is None and value.replace(".", "", 1).isdigit() and value.isascii() and len(value) < 16:
        time = float(value)
    if time is None or time > LONGEST:
        raise UnreadableSource(where, f"the time “{value[:40]}” cannot be read", "Write it as 00:01:02.5", line)
    return time
