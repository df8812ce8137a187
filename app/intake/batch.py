"""Intake: which files a user means, and what each is: a transcript, a note, a table, a participants table.

A folder is searched through, and a zip like a folder. Files in a folder called `notes` are notes;
`participants.csv` (or .tsv, .xlsx) is the participants table; `study.yaml` describes the study.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from app.errors import BadInput
from retrieval.errors import UnreadableSource
from retrieval.evidence import SourceKind
from retrieval.readers import FORMATS, TABLES, WRITTEN
from retrieval.readers.archives import ARCHIVES, Archive
from retrieval.readers.files import load

PARTICIPANTS = "participants"
STUDY = "study.yaml"
# Read me files and licences lie beside transcripts and are nobody's speech.
ABOUT = {"readme.md", "readme.txt", "license.md", "license.txt", "license"}
INTERVIEWS = {"transcripts", "interviews"}


@dataclass(frozen=True)
class Intake:
    """A file to read: where it lies, the name it is known by in the study, and its kind.

    `archive` and `member` are given for a file in a zip; `chosen` says that the user named it, or its zip.
    """

    path: Path
    name: str
    kind: SourceKind
    chosen: bool = False
    archive: Archive | None = None
    member: str = ""

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    def content(self) -> Path | bytes:
        """What can be read in pieces: the file, or the bytes of a file in a zip."""
        return self.archive.read(self.member, self.name) if self.archive else self.path

    def load(self) -> bytes:
        """All bytes. Raises UnreadableSource where they cannot be read."""
        return self.archive.read(self.member, self.name) if self.archive else load(self.path, self.name)


@dataclass
class Batch:
    files: list[Intake] = field(default_factory=list)
    participants: Intake | None = None
    skipped: list[str] = field(default_factory=list)
    refused: list[UnreadableSource] = field(default_factory=list)
    archives: list[Archive] = field(default_factory=list)

    def close(self) -> None:
        for archive in self.archives:
            archive.close()


def gather(paths: Sequence[Path], kind: SourceKind | None = None, participants: Path | None = None) -> Batch:
    """Everything under `paths`, sorted by name. Raises BadInput where a path does not exist."""
    batch = Batch()
    if participants:
        batch.participants = Intake(participants, participants.name, SourceKind.NOTE, chosen=True)
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path}: there is no such file or folder. Check the spelling.")
        if path.is_dir():
            _from_folder(batch, path, kind)
        else:
            _from_file(batch, path, path.name, kind, chosen=True)
    return batch


def _from_folder(batch: Batch, folder: Path, kind: SourceKind | None) -> None:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            _from_file(batch, path, inside.as_posix(), kind, chosen=False)


def _from_file(batch: Batch, path: Path, name: str, kind: SourceKind | None, *, chosen: bool) -> None:
    if path.suffix.lower() in ARCHIVES:
        _from_archive(batch, path, name, kind, chosen=chosen)
    else:
        _sort_in(batch, Intake(path, name, kind or _kind_of(path, name), chosen))


def _from_archive(batch: Batch, path: Path, name: str, kind: SourceKind | None, *, chosen: bool) -> None:
    """A zip the user named stands for its folder; one that lies in a folder is a part of its files' names."""
    archive = Archive(path, name)
    batch.archives.append(archive)
    try:
        members = archive.names
    except UnreadableSource as error:
        batch.refused.append(error)
        return
    for member in members:
        known = member if chosen else f"{name}/{member}"
        if PurePosixPath(member).suffix.lower() in ARCHIVES:
            remedy = "Unpack it and import what it holds"
            batch.refused.append(UnreadableSource(known, "this is a zip inside a zip", remedy))
        elif not any(part.startswith(".") for part in PurePosixPath(member).parts):
            _sort_in(batch, Intake(path, known, kind or _kind_of(path, known), False, archive, member))


def _sort_in(batch: Batch, intake: Intake) -> None:
    last = PurePosixPath(intake.name).name.lower()
    if last in {f"{PARTICIPANTS}{suffix}" for suffix in TABLES}:
        batch.participants = batch.participants or intake
    elif last == STUDY:
        return
    elif intake.chosen or (intake.suffix in FORMATS and last not in ABOUT):
        # A file named by the user is read or refused, never skipped in silence.
        batch.files.append(_freely_named(batch, intake))
    else:
        batch.skipped.append(intake.name)


def _freely_named(batch: Batch, intake: Intake) -> Intake:
    """The file, with its folder or zip in front where another file of the batch has its name: a name is one source."""
    taken = {one.name for one in batch.files}
    if intake.name not in taken:
        return intake
    outer = intake.path.name if intake.archive else intake.path.resolve().parent.name
    full = f"{outer}/{PurePosixPath(intake.name).name}"
    if full in taken:
        raise BadInput(f"{intake.path}: another file of this import is called {full} too. Import them one at a time.")
    return Intake(intake.path, full, intake.kind, intake.chosen, intake.archive, intake.member)


def _kind_of(path: Path, name: str) -> SourceKind:
    """What the folder says, else what the format is for."""
    folders = {part.lower() for part in (path.resolve().parent.name, *name.split("/")[:-1])}
    written = PurePosixPath(name).suffix.lower() in WRITTEN and not folders & INTERVIEWS
    return SourceKind.NOTE if "notes" in folders or written else SourceKind.INTERVIEW
