"""Uploads: files as they came, in a folder that is thrown away after use. Names are taken without their path."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from fastapi import UploadFile

from app.errors import BadInput

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


def keep_all(files: Sequence[UploadFile], folder: Path) -> list[Path]:
    """The files in `folder`, under their own names; BadInput where there is none."""
    named = [one for one in files if one.filename]
    if not named:
        raise BadInput("No file was chosen. Choose transcripts, notes or tables, then add them.")
    return [_keep(one, folder) for one in named]


def _keep(file: UploadFile, folder: Path) -> Path:
    name = UNPRINTABLE.sub("", PurePosixPath((file.filename or "").replace("\\", "/")).name).lstrip(".") or "unnamed"
    place = folder / name
    with place.open("wb") as kept:
        shutil.copyfileobj(file.file, kept)
    return place
