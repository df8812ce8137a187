"""Arriving: files that come in by a door, projects of other tools among them.

A `.qdpx` is a whole project, and so is a chosen `.zip` that holds a `project.qde`: some programs name it so.
Whatever else comes with it is imported as always.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from app.errors import BadInput
from app.intake.ingest import ingest
from app.intake.report import IngestReport
from app.progress import Progress, Silent, each
from app.refi.package import PROJECT
from app.refi.taking import take_project
from app.workbench import Workbench
from retrieval.errors import UnreadableSource
from retrieval.evidence import SourceKind

PROJECTS, ZIPPED = ".qdpx", ".zip"


def take_in(
    bench: Workbench,
    study_id: str,
    paths: Sequence[Path],
    *,
    kind: SourceKind | None = None,
    interviewer: str | None = None,
    same: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    participants: Path | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Import everything under `paths` into the study, projects first; see `app.intake.ingest.ingest`.

    A project that cannot be used is reported, and nothing of it is imported; the rest goes on.
    """
    bench.study(study_id)
    projects = [(path, name) for one in paths for path, name in _projects(one)]
    rest = [one for one in paths if not (one.is_file() and _is_project(one))]
    report = IngestReport()
    for path, name in each(progress or Silent(), "Projects", projects) if projects else []:
        try:
            report.add(take_project(bench, study_id, path, name))
        except UnreadableSource as error:
            report.refused.append(error)
    if rest or participants:
        found = ingest(
            bench, study_id, rest, kind=kind, interviewer=interviewer, same=same, columns=columns,
            participants=participants, progress=progress,
        )  # fmt: skip
        taken = {name for _, name in projects}
        found.skipped = [one for one in found.skipped if one not in taken]
        report.add(found)
    return report


def _projects(path: Path) -> list[tuple[Path, str]]:
    """(path, name) of every project that is meant: the file itself, or those in the folder."""
    if not path.exists():
        raise BadInput(f"{path}: there is no such file or folder. Check the spelling.")
    if path.is_file():
        return [(path, path.name)] if _is_project(path) else []
    found = sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() == PROJECTS)
    return [(one, one.relative_to(path).as_posix()) for one in found]


def _is_project(path: Path) -> bool:
    ending = path.suffix.lower()
    return ending == PROJECTS or (ending == ZIPPED and _holds_project(path))


def _holds_project(path: Path) -> bool:
    """Whether the zip is a project by what is in it; one that cannot be opened is told of as a zip."""
    try:
        with ZipFile(path) as packed:
            return PROJECT in packed.namelist()
    except (OSError, BadZipFile):
        return False
