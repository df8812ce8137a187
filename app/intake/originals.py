"""Originals: the files as they came, kept by study and content digest beside the store."""

import shutil
from pathlib import Path

from app.errors import BadInput
from app.settings import Settings
from app.workbench import Workbench
from retrieval.evidence import Source


def keep_original(settings: Settings, study_id: str, source: Source, raw: bytes) -> None:
    """Write the file into the home folder; a second copy of the same bytes is not made.

    BadInput where the home folder cannot be written.
    """
    kept = _place(settings, study_id, source)
    if kept.exists():
        return
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(raw)
        part.replace(kept)
    except OSError as error:
        raise BadInput(
            f"{settings.home} cannot be written: {error.strerror}. Nothing of {source.name} is kept."
        ) from error


def original_of(settings: Settings, study_id: str, source: Source) -> Path:
    """The kept file that the source was read from; BadInput where there is none, as for a row of a table."""
    kept = _place(settings, study_id, source)
    if not kept.exists():
        raise BadInput(f"{source.name} comes from a table, or its file was not kept. Import it anew.")
    return kept


def prune_originals(bench: Workbench, study_id: str) -> None:
    """Remove the kept files that no source of the study comes from any more."""
    with bench.store.transaction() as tx:
        needed = tx.sources.digests(study_id)
    for kept in (bench.settings.files / study_id).glob("*"):
        if kept.stem not in needed:
            kept.unlink(missing_ok=True)


def drop_originals(settings: Settings, study_id: str) -> None:
    """Remove all kept files of a study."""
    shutil.rmtree(settings.files / study_id, ignore_errors=True)


def drop_results(settings: Settings, study_id: str) -> None:
    """Remove what was published of a study in the home folder."""
    shutil.rmtree(settings.results / study_id, ignore_errors=True)


def drop_exports(settings: Settings, study_id: str) -> None:
    """Remove the files that were exported of a study: they may quote somebody who agrees to less now."""
    for path in (settings.results / study_id).glob("*"):
        if path.is_file():
            path.unlink(missing_ok=True)


def _place(settings: Settings, study_id: str, source: Source) -> Path:
    return settings.files / study_id / f"{source.content_sha256}{Path(source.name).suffix.lower()}"
