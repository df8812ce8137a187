"""The second reader, on layers made here: its shares, its bits, and how it joins the head."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from app.engines.coder import TUNED, CodingInput, LocalCoder, joined
from app.engines.coder_tuned import TunedReader, around
from app.errors import BadInput
from retrieval.embeddings import MiniLM

SENTENCES = [
    CodingInput("Up to ten thousand I can sign myself.", "", "And the money?"),
    CodingInput("We are a hospital.", "Well.", "Please wait. Could you tell me about your work?"),
]


@pytest.fixture
def reader(tmp_path: Path) -> TunedReader:
    random = np.random.default_rng(3)
    answer = {"answer.weight": random.normal(0, 0.1, (15, 1152)), "answer.bias": random.normal(0, 0.1, 15)}
    save_file({name: table.astype(np.float16) for name, table in answer.items()}, tmp_path / "layers.safetensors")
    return TunedReader(tmp_path / "layers.safetensors")


@pytest.fixture
def coder(reader: TunedReader) -> LocalCoder:
    return replace(LocalCoder.load(), tuned=reader)


def test_shares_lie_between_nothing_and_one(reader: TunedReader, embedder: MiniLM) -> None:
    found = reader.probabilities(SENTENCES, embedder)
    assert found.shape == (2, 14)
    assert (found > 0).all() and (found.sum(axis=1) < 1).all()


def test_a_sentence_is_read_alike_alone_and_in_company(reader: TunedReader, embedder: MiniLM) -> None:
    alone = np.vstack([reader.probabilities([one], embedder) for one in SENTENCES])
    assert np.array_equal(reader.probabilities(SENTENCES, embedder), alone)


def test_only_the_last_question_is_read() -> None:
    assert around(SENTENCES[1]) == ("We are a hospital.", "Could you tell me about your work?", "Well.")


def test_the_two_readers_meet_in_the_middle(coder: LocalCoder, reader: TunedReader, embedder: MiniLM) -> None:
    head = replace(coder, tuned=None).predict(SENTENCES, embedder)
    expected = joined(head, reader.probabilities(SENTENCES, embedder))
    assert np.array_equal(coder.predict(SENTENCES, embedder), expected)
    assert np.allclose(joined(np.float32([[0.2]]), np.float32([[0.4]])), 0.3)


def test_what_is_saved_is_what_is_loaded(coder: LocalCoder, tmp_path: Path, embedder: MiniLM) -> None:
    coder.save(tmp_path / "kept")
    again = LocalCoder.load(tmp_path / "kept")
    assert np.array_equal(again.predict(SENTENCES, embedder), coder.predict(SENTENCES, embedder))


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_an_encoder_that_is_not_the_one_it_was_trained_beside_is_refused(
    coder: LocalCoder, tmp_path: Path, damage: str
) -> None:
    coder.save(tmp_path / "kept")
    file = tmp_path / "kept" / TUNED
    file.unlink() if damage == "missing" else file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(BadInput, match="missing or damaged"):
        LocalCoder.load(tmp_path / "kept")


def test_a_coder_without_an_encoder_is_the_head_alone(coder: LocalCoder, tmp_path: Path) -> None:
    replace(coder, tuned=None).save(tmp_path)
    assert LocalCoder.load(tmp_path).tuned is None
    assert json.loads((tmp_path / "head.json").read_text())["encoder_sha256"] is None
