"""Intake: which files a user means, and what each is: a transcript, a note, a participants table.

A folder is searched through. Files in a folder called `notes` are notes; `participants.csv` is the
participants table; `study.yaml` describes the study; other tables are listed as skipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import BadInput
from retrieval.evidence import SourceKind
from retrieval.readers import FORMATS

PARTICIPANTS = "participants.csv"
STUDY = "study.yaml"
# Read me files and licences lie beside transcripts and are nobody's speech.
ABOUT = {"readme.md", "readme.txt", "license.md", "license.txt", "license"}


@dataclass(frozen=True)
class Intake:
    """A file to read: where it lies, the name it is known by in the study, and its kind."""

    path: Path
    name: str
    kind: SourceKind


@dataclass
class Batch:
    files: list[Intake] = field(default_factory=list)
    participants: Path | None = None
    skipped: list[str] = field(default_factory=list)


def gather(paths: Sequence[Path], kind: SourceKind | None = None, participants: Path | None = None) -> Batch:
    """Everything under `paths`, sorted by name. Raises BadInput where a path does not exist."""
    batch = Batch(participants=participants)
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path}: there is no such file or folder. Check the spelling.")
        if path.is_dir():
            _from_folder(batch, path, kind)
        else:
            _sort_in(batch, path, path.name, kind, chosen=True)
    return batch


def _from_folder(batch: Batch, folder: Path, kind: SourceKind | None) -> None:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            _sort_in(batch, path, inside.as_posix(), kind, chosen=False)


def _sort_in(batch: Batch, path: Path, name: str, kind: SourceKind | None, *, chosen: bool) -> None:
    if path.name.lower() == PARTICIPANTS:
        batch.participants = batch.participants or path
    elif path.name.lower() == STUDY:
        return
    elif chosen or (path.suffix.lower() in FORMATS and path.name.lower() not in ABOUT):
        # A file named by the user is read or refused, never skipped in silence.
        batch.files.append(Intake(path, _free_name(batch, path, name), kind or _kind_of(path, name)))
    else:
        batch.skipped.append(name)


def _free_name(batch: Batch, path: Path, name: str) -> str:
    """The name, with the folder in front where another file of the batch has it: a name is one source."""
    taken = {one.name for one in batch.files}
    if name not in taken:
        return name
    full = f"{path.resolve().parent.name}/{path.name}"
    if full in taken:
        raise BadInput(f"{path}: another file of this import is called {full} too. Import them one at a time.")
    return full


def _kind_of(path: Path, name: str) -> SourceKind:
    folders = [part.lower() for part in (path.resolve().parent.name, *name.split("/")[:-1])]
    return SourceKind.NOTE if "notes" in folders else SourceKind.INTERVIEW
