"""Finding: the files that lie in the home folder, as they were written there."""

from datetime import UTC, datetime
from pathlib import Path

from app.errors import NotFound
from app.exports.catalogue import CATALOGUE
from app.models.base import Model
from app.settings import Settings

BUNDLE = "study.zip"
NAMES = (*(one.name for one in CATALOGUE), BUNDLE)


class Kept(Model):
    """A file that was exported, how large it is and when it was written."""

    name: str
    size: int
    written: datetime


def find_exports(settings: Settings, study_id: str) -> list[Kept]:
    """The exported files that there are."""
    return [_described(path) for name in NAMES if (path := settings.results / study_id / name).is_file()]


def find_export(settings: Settings, study_id: str, name: str) -> Path:
    """The exported file of that name; NotFound for one that was not written, and for any other name."""
    known = {one.name for one in find_exports(settings, study_id)}
    if name not in known:
        listed = f"There is {', '.join(sorted(known))}" if known else "Export the study first"
        raise NotFound("exported file", name[:80], listed)
    return settings.results / study_id / name


def is_published(settings: Settings, study_id: str) -> bool:
    """Whether files of the study lie in the home folder."""
    return bool(find_exports(settings, study_id))


def _described(path: Path) -> Kept:
    found = path.stat()
    return Kept(name=path.name, size=found.st_size, written=datetime.fromtimestamp(found.st_mtime, UTC))
