"""Training and its validation, on a few sentences invented here: repeatable, and blind to what it is tested on."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engines.coder import CodingInput, LocalCoder
from app.errors import BadInput
from evals import coder_fit, coder_thresholds, train_coder
from evals.coder_fit import targets
from evals.coder_validation import CodedRow, cross_validate, folds_by_source, kinds_of
from evals.metrics import micro_f1, micro_precision
from retrieval.embeddings import MiniLM
from retrieval.errors import UnreadableSource

SAID = {
    "budget": [
        "The licence costs {} thousand a year.",
        "We may spend {} thousand without asking.",
        "{} euros is dear.",
    ],
    "context": ["We are a clinic with {} beds.", "I manage a team of {} nurses.", "Our firm has {} offices."],
    "intent": ["We will sign in week {}.", "The tender goes out in {} weeks.", "Next month we start {} trials."],
    "": ["Yes, number {}.", "Right.", "Thank you, {} times."],
}


def rows(prefix: str, sources: int) -> list[CodedRow]:
    """Every source says each sentence once, with a number of its own."""
    return [
        CodedRow(
            id=f"{prefix}{source}-{code}-{i}", source=f"{prefix}{source}", text=text.format(source + 2 * i + 3),
            codes=[code] if code else [], question="Could you tell me more?",
        )
        for source in range(sources)
        for code, texts in SAID.items()
        for i, text in enumerate(texts)
    ]  # fmt: skip


def write(folder: Path, name: str, coded: list[CodedRow]) -> None:
    lines = [json.dumps(row.model_dump()) for row in coded]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear sentences need few steps; the tests are about everything around them."""
    monkeypatch.setattr(coder_fit, "STEPS", 12)
    monkeypatch.setattr(train_coder, "FOLDS", 2)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write(tmp_path, "train.jsonl", rows("interview", 5))
    write(tmp_path, "founders.jsonl", rows("founder", 1))
    write(tmp_path, "written.jsonl", rows("invented", 1))
    return tmp_path


def test_training_writes_the_same_coder_twice(data: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_coder, "MiniLM", lambda *_: embedder)
    written = []
    for out in (data / "one", data / "two"):
        train_coder.main(["--data", str(data), "--out", str(out)])
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {"README.md", "head.json", "head.safetensors"}
    card = written[0]["README.md"].decode()
    assert "CC-BY 4.0" in card and "| budget | 15 |" in card


def test_a_trained_coder_reads_new_numbers(embedder: MiniLM) -> None:
    coder = train_coder.train(rows("a", 5), rows("b", 1), embedder)
    unseen = [CodingInput("The licence costs 91 thousand a year."), CodingInput("We will sign in week 52.")]
    best = coder.predict(unseen, embedder).argmax(axis=1)
    assert [coder.codes[i] for i in best] == ["budget", "intent"]
    assert coder.sources == {"a0", "a1", "a2", "a3", "a4", "b0"}


def test_cross_validation_reads_clear_sentences_well(embedder: MiniLM) -> None:
    coded = rows("a", 6)
    found = cross_validate(coded, rows("b", 1), 2, embedder)
    assert found.predicted.shape == found.actual.shape == (len(coded), len(found.codes))
    assert micro_f1(found.actual, found.predicted) > 0.9
    assert micro_precision(found.actual, found.high_precision) > 0.9
    assert sorted(source for fold in found.folds for source in fold.sources) == sorted({row.source for row in coded})


def test_the_labels_of_a_fold_do_not_reach_its_predictions(embedder: MiniLM) -> None:
    """Spoil the labels of one fold: what is predicted for that fold, thresholds included, stays the same."""
    coded = rows("a", 4)
    honest = cross_validate(coded, [], 2, embedder)
    left_out = set(honest.folds[0].sources)
    spoilt = [row.model_copy(update={"codes": ["stressor"]}) if row.source in left_out else row for row in coded]
    again = cross_validate(spoilt, [], 2, embedder)
    mine = np.array([row.source in left_out for row in coded])
    assert np.array_equal(honest.probabilities[mine], again.probabilities[mine])
    assert np.array_equal(honest.high_precision[mine], again.high_precision[mine])
    assert not np.array_equal(honest.probabilities[~mine], again.probabilities[~mine])


@given(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=40), st.integers(2, 6), st.integers(0, 9))
def test_folds_keep_sources_whole_and_hold_every_row_once(sources: list[str], folds: int, seed: int) -> None:
    found = folds_by_source(np.array(sources), folds, seed)
    assert sorted(np.concatenate(found).tolist()) == list(range(len(sources)))
    homes = [{sources[row] for row in fold} for fold in found]
    assert all(homes)
    assert sum(len(home) for home in homes) == len(set(sources))


def test_targets_spread_over_codes_or_lie_on_none() -> None:
    labels = np.array([[True, True, False], [False, False, False]])
    assert targets(labels).tolist() == [[0.5, 0.5, 0, 0], [0, 0, 0, 1]]


def test_thresholds_for_personas_keep_precision_and_spare_rare_codes() -> None:
    """A reliable code, an unreliable one and one never seen: only the unreliable one's line is raised."""
    random = np.random.default_rng(1)
    probabilities = random.uniform(0, 1, (4000, 3)).astype(np.float32)
    probabilities[:, 2] = 0
    sure = random.uniform(0, 1, 4000) < probabilities[:, 0]
    unsure = random.uniform(0, 1, 4000) < 0.7 * probabilities[:, 1]
    actual = np.stack([sure, unsure, np.zeros(4000, dtype=bool)], axis=1)
    lines = coder_thresholds.high_precision(actual, probabilities, np.ones(4000, dtype=bool))
    assert micro_precision(actual, probabilities >= lines) >= coder_thresholds.PRECISION_WANTED
    assert lines[1] > lines[0] == lines[2]


def test_other_rows_speak_for_codes_that_main_rows_hardly_hold() -> None:
    """Three wrong guesses among interviews do not silence a code that is sure elsewhere; alone they do."""
    main = np.array([True] * 103 + [False] * 100)
    probabilities = np.full((203, 2), 0.8, dtype=np.float32)
    probabilities[3:103, 1] = 0
    actual = np.array([[True, False]] * 103 + [[True, True]] * 100)
    heard = coder_thresholds.high_precision(actual, probabilities, main)
    alone = coder_thresholds.high_precision(actual[main], probabilities[main], main[main])
    assert heard[1] == heard[0]
    assert alone[1] > alone[0]


def test_kinds_of_speech_are_told_by_the_name_of_the_source() -> None:
    named = [("talk:1", 200), ("talk:2", 100), ("rare:1", 3), ("p01", 2)]
    coded = [CodedRow(id="", source=source, text="Hm.", codes=[]) for source, n in named for _ in range(n)]
    kinds = kinds_of(coded)
    assert len(set(kinds[:300])) == 1
    assert len(set(kinds[300:])) == 1
    assert kinds[0] != kinds[-1]


def test_balanced_thresholds_are_no_worse_than_the_best_common_one() -> None:
    random = np.random.default_rng(2)
    probabilities = random.uniform(0, 1, (2000, 2)).astype(np.float32)
    actual = random.uniform(0, 1, (2000, 2)) < probabilities * np.array([1.0, 0.4])
    lines = coder_thresholds.balanced(actual, probabilities)
    common = max(micro_f1(actual, probabilities >= line) for line in coder_thresholds.GRID)
    assert micro_f1(actual, probabilities >= lines) >= common
    assert lines[1] > lines[0]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"id": "x", "text": "Hm.", "codes": ["mood"]}', BadInput),
        ('{"id": "x"', UnreadableSource),
    ],
    ids=["unknown code", "broken line"],
)
def test_unfit_rows_are_refused(tmp_path: Path, line: str, error: type[Exception]) -> None:
    (tmp_path / "train.jsonl").write_text(line)
    with pytest.raises(error, match=r"train\.jsonl"):
        train_coder.read(tmp_path, train_coder.MAIN)


def test_the_committed_coder_names_what_it_was_trained_on() -> None:
    sources = LocalCoder.load().sources
    assert any(source.startswith("work_") for source in sources)
    assert any(source.startswith("written:") for source in sources)
