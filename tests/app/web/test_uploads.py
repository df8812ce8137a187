"""Uploads: names without their path, and what cannot be taken."""

import io
from pathlib import Path

import pytest
from fastapi import UploadFile

from app.errors import BadInput
from app.web.uploads import keep_all


def upload(name: str, content: bytes = b"words") -> UploadFile:
    return UploadFile(io.BytesIO(content), filename=name, size=len(content))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("P01.txt", "P01.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\talks\\P01.vtt", "P01.vtt"),
        ("/etc/.ssh", "ssh"),
        ("..", "unnamed"),
        ("a\nb\x00.txt", "ab.txt"),
        ("Gespräch Köln.docx", "Gespräch Köln.docx"),
    ],
)
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, sent: str, kept: str) -> None:
    (place,) = keep_all([upload(sent)], tmp_path)
    assert place == tmp_path / kept and place.read_bytes() == b"words"


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No file was chosen"):
        keep_all([upload("")], tmp_path)
    assert not list(tmp_path.iterdir())
