"""What Chroma leaves in its files by chance is blanked; what it needs stays."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.chroma import ChromaIndex
from retrieval.chroma_files import LAYOUT, VECTORS, blank_unused, throw_away_orphans
from retrieval.evidence import Excerpt, SourceKind

SAID = b"I count every pallet twice"


def a_segment(folder: Path, *, room: int = 4, there: int = 1, version: int = 1) -> Path:
    """A segment's folder with one vector of eight bytes, and words behind it."""
    folder.mkdir()
    (folder / "header.bin").write_bytes(LAYOUT.pack(version, 0, room, there, 8) + b"rest")
    (folder / VECTORS).write_bytes(b"vector-1" + SAID[:24])
    return folder


def test_words_behind_the_last_vector_are_blanked_and_the_vector_stays(tmp_path: Path) -> None:
    segment = a_segment(tmp_path / "s")
    blank_unused(segment)
    assert (segment / VECTORS).read_bytes() == b"vector-1" + bytes(24)


@pytest.mark.parametrize(
    "odd", [{"version": 2}, {"room": 5}, {"there": 9}], ids=["another version", "another length", "more than fit"]
)
def test_a_file_of_another_layout_is_left_alone(tmp_path: Path, odd: dict[str, int]) -> None:
    segment = a_segment(tmp_path / "s", **odd)
    before = (segment / VECTORS).read_bytes()
    blank_unused(segment)
    assert (segment / VECTORS).read_bytes() == before


def test_real_files_have_that_layout_and_are_searched_as_before(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path, "test", lambda _study, _people: [])
    where = {"source_id": "s", "participant_id": "P01", "kind": SourceKind.INTERVIEW, "text": "words"}
    excerpts = [Excerpt(id=f"ex_{n}", turn=n, start=n, end=n + 1, **where) for n in range(3)]  # type: ignore[arg-type]
    index.add("study", excerpts, np.eye(3, 384, dtype=np.float32))
    vectors = next(tmp_path.rglob(VECTORS))
    with vectors.open("r+b") as file:
        file.seek(-len(SAID), 2)
        file.write(SAID)
    throw_away_orphans(tmp_path)
    assert SAID not in vectors.read_bytes()
    again = ChromaIndex(tmp_path, "test", lambda _study, _people: [])
    assert again.search("study", np.eye(3, 384, dtype=np.float32)[1], 1)[0].id == "ex_1"
