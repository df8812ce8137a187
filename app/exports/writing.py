"""Writing: files made now for whoever asks; into a folder; and those that lie in the home folder.

Each file is written whole and then put in place, so that a reader never meets half of one.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.errors import BadInput
from app.exports.catalogue import CATALOGUE, PERSONAS, PLAYBOOK, Export, find_in_catalogue
from app.exports.finding import BUNDLE, find_exports
from app.exports.outgoing import Outgoing
from app.models.cast import Cast
from app.packing import zipped
from app.store.store import Transaction
from app.synthesis.casting import need_personas
from app.synthesis.material import must_stand
from app.workbench import Workbench

# What a run leaves behind.
OF_A_RUN = (PERSONAS, PLAYBOOK)


def publish(bench: Workbench, cast: Cast, folder: Path | None = None) -> list[Path]:
    """Write what a run leaves behind into `folder` (default: `results/STUDY` in the home folder); returns the paths.
    BadInput where they cannot be written. What people rejected does not go out."""
    out = Outgoing(bench, cast)
    files = [find_in_catalogue(name) for name in OF_A_RUN]
    return write_files(out, files, folder) if folder else _keep(out, files)


def export(bench: Workbench, cast: Cast, files: Sequence[Export] = ()) -> list[Path]:
    """Write these files in the home folder; with none named, every file there can be, and a zip of them."""
    out = Outgoing(bench, cast)
    return _keep(out, files) if files else _keep(out, possible(out), bundled=True)


def republish(bench: Workbench, cast: Cast) -> None:
    """Write the files in the home folder anew where there are any, so that they do not hide what changed since."""
    there = {one.name for one in find_exports(bench.settings, cast.study.id)}
    files = [one for one in CATALOGUE if cast.personas or not one.needs_personas or one.name in OF_A_RUN]
    for name in there - {one.name for one in files}:
        (bench.settings.results / cast.study.id / name).unlink(missing_ok=True)
    if BUNDLE in there:
        _keep(Outgoing(bench, cast), files, bundled=True)
    elif there:
        export(bench, cast, [one for one in files if one.name in there])


def possible(out: Outgoing) -> list[Export]:
    """The files there is something in; InsufficientEvidence, saying what to ask, where there is none."""
    found = [one for one in CATALOGUE if out.whole.personas or not one.needs_personas]
    if not found:
        need_personas(out.whole)
    return found


def make_files(out: Outgoing, files: Sequence[Export]) -> dict[str, bytes]:
    """Name → content, of the study as it stands. InsufficientEvidence where one of them needs personas and there are
    none; Conflict where somebody they quote withdrew while they were made."""
    if any(one.needs_personas for one in files):
        need_personas(out.whole)
    made = {one.name: one.make(out) for one in files}
    with out.bench.store.transaction() as tx:
        _must_stand(tx, out)
    return made


def write_files(out: Outgoing, files: Sequence[Export], folder: Path) -> list[Path]:
    """Make these files, then write them into a folder; BadInput where one cannot be written."""
    return put_files({one.name: one.make(out) for one in files}, folder)


def put_files(made: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write what was made into a folder; BadInput where it cannot be written."""
    return [_write(folder / name, content) for name, content in made.items()]


def _keep(out: Outgoing, files: Sequence[Export], *, bundled: bool = False) -> list[Path]:
    """Write them in the home folder once all are made; Conflict, and none of them is left, where somebody they quote
    withdrew."""
    home = out.bench.settings.results / out.study_id
    made = {one.name: one.make(out) for one in files}
    try:
        written = put_files(made, home)
        if bundled:
            written.append(_replace(home / BUNDLE, zipped((path.name, path.read_bytes()) for path in written)))
        with out.bench.store.transaction(alone=True) as tx:
            _must_stand(tx, out)
    except Exception:
        for name in (*(one.name for one in files), BUNDLE):
            (home / name).unlink(missing_ok=True)
        raise
    return written


def _must_stand(tx: Transaction, out: Outgoing) -> None:
    must_stand(tx, out.study_id, [one.id for one in out.whole.sources])


def _write(path: Path, content: bytes) -> Path:
    try:
        return _replace(path, content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Give another folder with --out.") from error


def _replace(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f"{path.suffix}.part")
    try:
        part.write_bytes(content)
        return part.replace(path)
    finally:
        part.unlink(missing_ok=True)
