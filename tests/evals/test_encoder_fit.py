"""Fine-tuning, on a few sentences invented here. Where torch is missing nothing can be trained, and that is said."""

from pathlib import Path

import numpy as np
import pytest

from app.engines.coder import CodingInput
from evals import coding_readings, encoder_material, train_coder
from evals.dataset import CodingRow
from retrieval.embeddings import MiniLM

SAID = {0: "The licence costs {} thousand a year.", 1: "We will sign the contract in week {}.", 2: "Right, {} times."}
INPUTS = [CodingInput(text.format(n), "", "And then?") for n in range(2, 18) for text in SAID.values()]
LABELS = np.array([[code == 0, code == 1] for _ in range(2, 18) for code in SAID])
needs_torch = pytest.mark.skipif(not encoder_material.installed(), reason="training needs torch, the product does not")


@pytest.fixture
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (encoder_material, train_coder):
        monkeypatch.setattr(room, "installed", lambda: False)


def test_training_without_torch_says_what_to_install(no_torch: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        train_coder.main([])
    assert "pip install torch" in capsys.readouterr().err


def test_figures_without_torch_are_said_to_be_the_heads(no_torch: None, embedder: MiniLM) -> None:
    coded = [
        CodingRow(id=f"{n}", source=f"S{n % 4}", text=one.text, codes=["budget"] if n % 3 == 0 else [])
        for n, one in enumerate(INPUTS)
    ]
    found = coding_readings.validate(coded, [], 2, embedder)
    assert found.warnings == [coding_readings.HEAD_ALONE]


@needs_torch
def test_what_is_learnt_is_heard_in_new_sentences(built_models: Path) -> None:
    """Extra rows first, then main ones; twice the same."""
    rows = np.arange(len(INPUTS))
    main, test = rows % 2 == 0, rows[-6:]
    ready = encoder_material.tuning(INPUTS, LABELS, main, built_models, seed=7)
    train = rows[:-6][main[:-6]]
    found = ready.read(train, test)
    assert np.array_equal(found, ready.read(train, test))
    assert found.shape == (6, 2)
    assert found[LABELS[test]].mean() > found[~LABELS[test]].mean()


@needs_torch
def test_the_layers_take_the_labels_of_their_rows_only(built_models: Path) -> None:
    rows = np.arange(len(INPUTS))
    spoilt = LABELS.copy()
    spoilt[-6:] = ~spoilt[-6:]
    found = [
        encoder_material.tuning(INPUTS, labels, rows >= 0, built_models, seed=7).read(rows[:6], rows[-6:])
        for labels in (LABELS, spoilt)
    ]
    assert np.array_equal(*found)
