"""Originals: the files as they came, kept by study and content digest beside the store."""

import shutil
from pathlib import Path

from app.settings import Settings
from retrieval.evidence import Source


def keep_original(settings: Settings, study_id: str, source: Source, path: Path) -> None:
    """Copy the file into the home folder; a second copy of the same bytes is not made."""
    kept = _place(settings, study_id, source)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)


def drop_original(settings: Settings, study_id: str, source: Source) -> None:
    _place(settings, study_id, source).unlink(missing_ok=True)


def drop_originals(settings: Settings, study_id: str) -> None:
    """Remove all kept files of a study."""
    shutil.rmtree(settings.files / study_id, ignore_errors=True)


def _place(settings: Settings, study_id: str, source: Source) -> Path:
    return settings.files / study_id / f"{source.content_sha256}{Path(source.name).suffix.lower()}"
