"""Reading: a file in, a Source out.

    source = read_source(Path("P03.vtt"))
    source.turns[0].of(source.text)

Every reader raises UnreadableSource with one sentence saying what is wrong, where, and what to do.
A new format is one file with a `read(raw, where) -> Reading` and one line in FORMATS.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from retrieval.errors import UnreadableSource
from retrieval.evidence import Role, Source, SourceKind, Speaker, Turn, stable_id
from retrieval.readers.files import load
from retrieval.readers.office import read_docx
from retrieval.readers.participants import ParticipantsTable, read_participants
from retrieval.readers.plain import read_plain, trimmed
from retrieval.readers.reading import Reader, Reading
from retrieval.readers.roles import Casting, cast
from retrieval.readers.speech_json import read_speech_json
from retrieval.readers.subtitles import read_srt, read_vtt

__all__ = ["AUTHOR", "FORMATS", "ParticipantsTable", "read_bytes", "read_participants", "read_source"]

FORMATS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".vtt": read_vtt,
    ".srt": read_srt,
    ".docx": read_docx,
    ".json": read_speech_json,
}
AUTHOR = "Author"


def read_source(
    path: Path,
    *,
    name: str | None = None,
    kind: SourceKind = SourceKind.INTERVIEW,
    interviewer: str | None = None,
    participant_id: str | None = None,
    labels: Mapping[str, str] | None = None,
) -> Source:
    """Read one transcript or note.

    `name` is stored (default: the file's name); its ending tells the format. `interviewer` is the label of who asks;
    `participant_id` the file's participant in participants.csv; `labels` maps labels of the
    transcript to participant ids, for files with several participants.
    Raises UnreadableSource for every file that cannot be imported.
    """
    name = name or path.name
    reader_of(name)
    return read_bytes(load(path, name), name, kind=kind, casting=Casting(interviewer, participant_id, labels))


def read_bytes(
    raw: bytes, name: str, *, kind: SourceKind = SourceKind.INTERVIEW, casting: Casting | None = None
) -> Source:
    """Read a file's bytes; `name` tells the format by its ending. Same bytes, same source id."""
    reading = reader_of(name)(raw, name)
    digest = hashlib.sha256(raw).hexdigest()
    if kind is SourceKind.NOTE:
        turns, speakers, remarks = _written(reading), [Speaker(label=AUTHOR, role=Role.AUTHOR)], list[str]()
    else:
        speakers, remarks = cast(reading, casting or Casting(), Path(name).stem, name)
        turns = reading.turns
    return Source(
        id=stable_id("src", digest), name=name, kind=kind, text=reading.text, content_sha256=digest,
        turns=turns, speakers=speakers, repairs=reading.repairs + remarks,
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
    start, end = trimmed(reading.text, 0, len(reading.text))
    return [Turn(index=0, speaker=AUTHOR, start=start, end=end)]
