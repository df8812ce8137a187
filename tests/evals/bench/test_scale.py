"""The scale bench on a small study: the corpus has the size asked for, and every figure is measured."""

from pathlib import Path

import numpy as np
import pytest

from evals.bench.scale import FILTERED
from evals.bench.scale_corpus import Precomputed, person, write_corpus
from evals.bench.scale_run import run_ingest, run_reopen, run_without_index
from retrieval.embedder import Vectors

EXCERPTS = 130


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    made: Vectors = np.random.default_rng(1).normal(size=(40, 16)).astype(np.float32)
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, vectors: Vectors) -> Path:
    folder = tmp_path_factory.mktemp("scale")
    np.save(folder / "vectors.npy", vectors)
    write_corpus(folder / "130" / "corpus", EXCERPTS)
    return folder / "130"


def test_precomputed_vectors_depend_on_the_text_alone(vectors: Vectors) -> None:
    embedder = Precomputed(vectors)
    pair = embedder.encode(["one", "other"])
    assert np.array_equal(pair[1], embedder.encode(["other"])[0])
    assert np.allclose(np.linalg.norm(pair, axis=1), 1.0, atol=1e-5)


def test_every_figure_of_a_size_is_measured(folder: Path) -> None:
    figures = run_ingest(folder, EXCERPTS)
    assert figures["excerpts"] == EXCERPTS
    assert figures["reindex_same"] == 1.0
    assert all(figures[f"{name}: p95"] >= figures[f"{name}: p50"] > 0 for name in FILTERED)
    assert all(figures[f"{name}: processor p95"] > 0 and figures[f"{name}: first"] > 0 for name in FILTERED)
    assert figures["memory"] >= figures["memory_before"] > 0 and figures["disk"] > 0
    assert run_reopen(folder, EXCERPTS)["first_query"] > 0


def test_an_import_can_be_measured_without_an_index(folder: Path) -> None:
    assert run_without_index(folder, EXCERPTS)["memory_without_index"] > 0


def test_people_have_a_hundred_answers_each(folder: Path) -> None:
    assert {file.stem for file in (folder / "corpus").iterdir()} == {person(0), person(1)}
