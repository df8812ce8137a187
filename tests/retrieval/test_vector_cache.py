"""Vectors kept on disk: found again bit for bit, without a word of text, and gone when they are to go."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import embeddings, vector_cache
from retrieval.embeddings import MiniLM
from retrieval.vector_cache import VectorCache

TEXTS = ["We open the dashboard twice a month.", "Security has a veto.", ""]
ROW = np.array([0.1, -2.5, 3e-9], dtype=np.float32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "vectors.sqlite"


def kept(file: Path, vectors: dict[str, object], model: str = "model") -> None:
    cache = VectorCache(file, model)
    cache.keep({text: np.asarray(row, dtype=np.float32) for text, row in vectors.items()})
    cache.close()


@given(st.dictionaries(st.text(max_size=20), st.lists(st.floats(width=32), min_size=3, max_size=3), max_size=5))
def test_what_was_kept_is_found_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, vectors: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("cache") / "vectors.sqlite"
    kept(file, vectors)
    found = VectorCache(file, "model").find([*vectors, "never kept, and longer than the others"])
    assert found.keys() == vectors.keys()
    for text, row in vectors.items():
        assert found[text].tobytes() == np.asarray(row, dtype=np.float32).tobytes()


def test_another_model_finds_nothing(file: Path) -> None:
    kept(file, {"text": ROW})
    assert VectorCache(file, "another model").find(["text"]) == {}


def test_reading_makes_no_file(file: Path) -> None:
    assert VectorCache(file, "model").find(["text"]) == {}
    assert not file.exists()


def test_no_text_is_written(file: Path) -> None:
    kept(file, {"the harbourmaster objected": ROW})
    written = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"harbourmaster" not in written


def test_more_texts_than_one_statement_takes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_cache, "AT_ONCE", 2)
    vectors = {str(number): ROW * number for number in range(7)}
    kept(file, dict(vectors))
    found = VectorCache(file, "model").find(list(vectors))
    assert all(np.array_equal(found[text], row) for text, row in vectors.items())


def test_the_oldest_go_when_there_are_too_many(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_cache, "MOST_ROWS", 3)
    for number in range(5):
        kept(file, {str(number): ROW})
    assert set(VectorCache(file, "model").find(list("01234"))) == {"2", "3", "4"}


def test_clearing_leaves_no_file(file: Path) -> None:
    cache = VectorCache(file, "model")
    cache.keep({"text": ROW})
    cache.clear()
    assert list(file.parent.iterdir()) == []
    cache.keep({"text": ROW})
    assert cache.find(["text"]).keys() == {"text"}


def test_a_damaged_file_is_thrown_away(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"this is no database, but it is long enough to be looked at " * 40)
    cache = VectorCache(file, "model")
    assert cache.find(["text"]) == {}
    cache.keep({"text": ROW})
    assert cache.find(["text"]).keys() == {"text"}


def test_a_file_that_another_holds_is_done_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(file, {"text": ROW})
    monkeypatch.setattr(vector_cache, "SECONDS_TO_WAIT", 0.01)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    VectorCache(file, "model").keep({"another": ROW})
    other.execute("ROLLBACK")
    other.close()
    assert VectorCache(file, "model").find(["text", "another"]).keys() == {"text"}


def test_the_next_process_embeds_nothing_twice(built_models: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = MiniLM(built_models, threads=1, cache=file).encode(TEXTS)
    monkeypatch.setattr(embeddings.Network, "_states", lambda *_: pytest.fail("a known text was embedded again"))
    again = MiniLM(built_models, threads=1, cache=file)
    assert np.array_equal(again.encode(TEXTS[::-1]), first[::-1])


def test_forgetting_reaches_memory_and_disk(built_models: Path, file: Path) -> None:
    minilm = MiniLM(built_models, threads=1, cache=file)
    before = minilm.encode(TEXTS)
    minilm.forget()
    assert not file.exists() and not minilm._meaning._known
    assert np.array_equal(minilm.encode(TEXTS), before)
