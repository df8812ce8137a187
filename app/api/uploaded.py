"""A file that was sent, and how it may be spoken of."""

from pathlib import PurePosixPath

from fastapi import UploadFile


def name_of(file: UploadFile) -> str:
    """The file's name as it may be shown: no path, no control characters, not too long; its format is told by it."""
    name = PurePosixPath((file.filename or "").replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[-100:] or "the file"
