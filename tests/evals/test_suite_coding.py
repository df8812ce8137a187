"""The suite `coding` scores what a coder says against what people said, and says what it cannot score."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engines.coder import CodingInput, Head, Linear, LocalCoder
from app.errors import BadInput
from evals.coding_readings import apart, validate
from evals.dataset import CodingRow
from evals.suites import coding
from evals.suites.coding import training_files

CODES = ["stressor", "context"]
NO_HEAD = Head(Linear(*(np.zeros((1, 3), dtype=np.float32) for _ in range(3))), ())


class NoEmbedder:
    """The stand-in coder looks nothing up."""

    name = "none"

    def encode(self, texts: object) -> NDArray[np.float32]:
        raise AssertionError("nothing should be embedded")


@dataclass(frozen=True)
class Parrot(LocalCoder):
    """A coder that says what the text of a row spells out: `stressor:0.9 context:0.2`."""

    heard: list[CodingInput] = field(default_factory=list)

    def predict(self, sentences: object, embedder: object) -> NDArray[np.float32]:
        self.heard.extend(sentences)  # type: ignore[call-overload]
        said = [dict(pair.split(":") for pair in row.text.split()) for row in self.heard]
        return np.array([[float(row.get(code, 0)) for code in CODES] for row in said], dtype=np.float32)


def parrot(*sources: str) -> Parrot:
    thresholds = {"f1": np.array([0.5, 0.5]), "high_precision": np.array([0.8, 0.8])}
    return Parrot(NO_HEAD, CODES, thresholds, "test", frozenset(sources))


def dataset(folder: Path, *rows: tuple[str, list[str]], name: str = "rows.jsonl") -> Path:
    lines = [
        json.dumps(
            {"id": str(n), "source": f"S{n % 2}", "question": "Why?", "previous": "Before.", "text": t, "codes": c}
        )
        for n, (t, c) in enumerate(rows)
    ]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder / name


ROWS: list[tuple[str, list[str]]] = [
    ("stressor:0.9", ["stressor"]),  # right, and sure of it
    ("stressor:0.6", ["stressor"]),  # right, not sure
    ("stressor:0.9", []),  # wrong, and sure of it
    ("context:0.2", ["context"]),  # missed
]


def test_scores_are_those_of_the_two_sets_of_thresholds(tmp_path: Path) -> None:
    found = coding.run(dataset(tmp_path, *ROWS), embedder=NoEmbedder(), coder=parrot()).scores
    assert found["micro_f1"] == pytest.approx(2 * 2 / (3 + 3))
    assert found["macro_f1"] == pytest.approx((0.8 + 0) / 2)
    assert found["f1.stressor"] == pytest.approx(0.8)
    assert found["precision_high"] == pytest.approx(1 / 2)
    assert found["recall_high"] == pytest.approx(1 / 3)
    assert {"alpha", "alpha_pooled", "ac1"} <= set(found)


def test_a_perfect_coder_agrees_in_every_respect(tmp_path: Path) -> None:
    rows = [("stressor:1", ["stressor"]), ("context:1", ["context"]), ("stressor:0", [])]
    found = coding.run(dataset(tmp_path, *rows), embedder=NoEmbedder(), coder=parrot()).scores
    assert {name: value for name, value in found.items() if value != 1.0} == {}


def test_the_coder_sees_the_sentence_with_what_came_before(tmp_path: Path) -> None:
    coder = parrot()
    coding.run(dataset(tmp_path, ROWS[0]), embedder=NoEmbedder(), coder=coder)
    assert coder.heard == [CodingInput(text="stressor:0.9", previous="Before.", question="Why?")]


def test_rows_hold_what_was_expected_and_got(tmp_path: Path) -> None:
    report = coding.run(dataset(tmp_path, *ROWS), embedder=NoEmbedder(), coder=parrot())
    assert [(row["expected"], row["got"], row["reaches_personas"]) for row in report.rows] == [
        ("stressor", "stressor", "stressor"), ("stressor", "stressor", ""), ("", "stressor", "stressor"),
        ("context", "", ""),
    ]  # fmt: skip
    assert [row["code"] for row in report.per_class] == CODES


def test_what_nobody_said_is_not_evaluable(tmp_path: Path) -> None:
    report = coding.run(
        dataset(tmp_path, ("context:0.1", []), ("context:0.1", [])), embedder=NoEmbedder(), coder=parrot()
    )
    assert set(report.scores) == {"ac1"}
    assert {"micro_f1", "macro_f1", "macro_f1_frequent", "alpha", "precision_high", "f1.context"} <= set(
        report.not_evaluable
    )


def test_training_on_the_same_sources_is_warned_of(tmp_path: Path) -> None:
    path = dataset(tmp_path, *ROWS)
    seen = coding.run(path, embedder=NoEmbedder(), coder=parrot("S0"))
    assert "2 of these 4 rows" in seen.warnings[0]
    assert coding.run(path, embedder=NoEmbedder(), coder=parrot("S7")).warnings == []


def test_known_siblings_join_and_the_dataset_itself_never_does(tmp_path: Path) -> None:
    path = dataset(tmp_path, *ROWS, name="founders.jsonl")
    other, named = dataset(tmp_path, *ROWS, name="written.jsonl"), tmp_path / "named.jsonl"
    assert training_files(path, [named, path]) == [other, named]
    assert training_files(named, []) == [path, other]


def test_rows_that_would_leak_are_left_out() -> None:
    rows = [CodingRow(id="1", source="A", text="I worry.", codes=[])]
    extra = [
        CodingRow(id="2", source="A", text="Other words.", codes=[]),
        CodingRow(id="3", source="B", text="I worry.", codes=[]),
        CodingRow(id="4", source="B", text="Something else.", codes=[]),
    ]
    assert [row.id for row in apart(extra, rows)] == ["4"]


def test_folds_that_cannot_be_cut_are_refused() -> None:
    rows = [CodingRow(id=str(n), source=f"S{n}", text="I worry.", codes=[]) for n in range(5)]
    with pytest.raises(BadInput, match="needs 4"):
        validate(rows[:3], [], 2, NoEmbedder())
    for folds in (1, 6):
        with pytest.raises(BadInput, match="from 5 sources"):
            validate(rows, [], folds, NoEmbedder())


def test_without_a_coder_and_without_folds_there_is_nothing_to_measure(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to measure"):
        coding.run(dataset(tmp_path, *ROWS), embedder=NoEmbedder())
