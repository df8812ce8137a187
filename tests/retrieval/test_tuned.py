"""A network with layers of its own: what it reads, and that it reads a row alike alone and in company."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from retrieval.embeddings import MiniLM
from retrieval.errors import WeightsMissing
from retrieval.tuned import AROUND_PIECES, TEXT_PIECES, TunedNetwork, mark
from retrieval.weights import built_model, source_folder

ROWS = [
    ("We pay ten thousand a year.", "What does it cost?", ""),
    ("Yes.", "", ""),
    ("", "", ""),
    ("We pay ten thousand a year.", "What would you change?", "It is dear."),
]


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The original's last layer with its output turned round."""
    tensors = load_file(source_folder() / "model.safetensors")
    file = tmp_path_factory.mktemp("tuned") / "layers.safetensors"
    name = "encoder.layer.5.output.LayerNorm.weight"
    save_file({name: -tensors[name].astype(np.float16)}, file)
    return file


@pytest.fixture(scope="module")
def network(built_models: Path, changes: Path) -> TunedNetwork:
    return TunedNetwork(built_models, changes, threads=2)


def test_a_row_is_read_alike_alone_and_in_company(network: TunedNetwork) -> None:
    together = network.read(ROWS)
    assert together.shape == (4, 1152)
    assert np.array_equal(together, np.vstack([network.read([row]) for row in ROWS]))
    assert np.isfinite(together).all()


def test_what_stands_around_changes_how_a_text_is_read(network: TunedNetwork) -> None:
    first, *_, last = network.read(ROWS)
    assert not np.allclose(first[:384], last[:384], atol=1e-3)


def test_the_layers_of_the_file_take_the_place_of_the_originals(
    network: TunedNetwork, built_models: Path, tmp_path: Path
) -> None:
    name = "encoder.layer.5.output.LayerNorm.weight"
    save_file({name: load_file(source_folder() / "model.safetensors")[name]}, tmp_path / "same.safetensors")
    bias = load_file(source_folder() / "model.safetensors")["encoder.layer.5.output.LayerNorm.bias"]
    original = TunedNetwork(built_models, tmp_path / "same.safetensors").read(ROWS[:1])
    assert np.allclose(network.read(ROWS[:1]) - np.tile(bias, 3), np.tile(bias, 3) - original, atol=1e-2)


def test_no_rows_load_nothing(tmp_path: Path) -> None:
    assert TunedNetwork(tmp_path, tmp_path / "absent").read([]).shape == (0, 1152)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match="cannot be read"):
        TunedNetwork(tmp_path, tmp_path / "absent").read(ROWS)


def test_long_texts_keep_their_beginning_and_what_was_before_its_end(embedder: MiniLM, built_models: Path) -> None:
    embedder.encode(["built"])
    (row,) = mark([("word " * 200, "ask " * 50, "")], built_model(built_models, 6))
    assert row.length == TEXT_PIECES
    assert len(row.ids) == 1 + TEXT_PIECES + 1 + AROUND_PIECES + 1 + 1
