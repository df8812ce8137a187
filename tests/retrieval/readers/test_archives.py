"""Zips of transcripts. All examples are invented."""

import io
import zipfile
from pathlib import Path

import pytest

from evals.bench.sample_files import zipped
from retrieval.errors import UnreadableSource
from retrieval.readers.archives import MOST_FILES, Archive


def archive(tmp_path: Path, raw: bytes) -> Archive:
    path = tmp_path / "calls.zip"
    path.write_bytes(raw)
    return Archive(path, "calls.zip")


def locked() -> bytes:
    raw = bytearray(zipped({"P01.txt": b"Dana: Why?"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # the flag of encryption in both headers
        place = raw.index(mark) + (6 if mark.endswith(b"\x04") else 8)
        raw[place] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["calls/P01.txt", "calls/notes/a.md"], ["P01.txt", "notes/a.md"]),
        (["notes/a.md", "notes/b.md"], ["notes/a.md", "notes/b.md"]),
        (["P01.txt", "x/P02.txt"], ["P01.txt", "x/P02.txt"]),
        (["c/P01.txt", "__MACOSX/c/._P01.txt", "c/.DS_Store"], ["P01.txt"]),
    ],
    ids=["one folder around all", "a folder that says what its files are", "files and folders", "what systems leave"],
)
def test_files_are_known_by_their_place_in_the_folder(tmp_path: Path, files: list[str], names: list[str]) -> None:
    found = archive(tmp_path, zipped({name: name.encode() for name in files}))
    assert found.names == names
    assert found.read(names[0], names[0]).decode().endswith(names[0])
    found.close()


def twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr("a.txt", "1")
        opened.writestr("a.txt", "2")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not a zip archive"),
        (b"PK\x03\x04rubbish", "not a zip archive"),
        (zipped({}), "archive is empty"),
        (zipped({"a/../../out.txt": b"x"}), "points out of the archive"),
        (zipped({"/etc/out.txt": b"x"}), "points out of the archive"),
        (zipped({"C:\\out.txt": b"x"}), "points out of the archive"),
        (zipped({"a.txt": bytes(20_000_000)}), "unpacks to far more"),
        (zipped({f"{n}.txt": b"" for n in range(MOST_FILES + 1)}), "more than 10000 files"),
        (locked(), "locked with a password"),
        (twice(), "two files called a.txt"),
    ],
    ids=["no bytes", "rubbish", "nothing in it", "a path upwards", "an absolute path", "a drive", "a bomb",
         "endless files",
         "a password", "one name twice"],
)  # fmt: skip
def test_archives_that_may_not_be_opened(tmp_path: Path, raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        archive(tmp_path, raw).names  # noqa: B018 (reading the names opens it)


def test_a_damaged_file_is_refused_alone(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": b"words " * 50, "b.txt": b"fine"}))
    raw[40] ^= 0xFF
    found = archive(tmp_path, bytes(raw))
    assert found.read("b.txt", "b.txt") == b"fine"
    with pytest.raises(UnreadableSource, match=r"a\.txt: its part a\.txt is damaged"):
        found.read("a.txt", "a.txt")
    found.close()
