"""The local coder: what each sentence is evidence of, by a small trained head, without network.

People speak differently in an interview, in a talk on stage and in invented dialogue, and the same words
are evidence of different things. So the head holds one expert for each kind of speech it was trained on
and a gate that says how much a sentence sounds like each (mixture of experts: Jacobs et al. 1991). Expert
and gate alike are multinomial logistic regressions on the features of `coder_features`.

A sentence may carry several codes: each code whose probability reaches its threshold counts. There are
two sets of thresholds: `f1` balances misses and false alarms; `high_precision` lets through what may
reach a persona.

The head lives in `data/models/coder`: `head.safetensors`, `head.json` and its model card. It is
written by `python -m evals.train_coder`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import DATA
from app.engines.coder_features import CodingInput, Features, features
from app.errors import BadInput
from retrieval.embedder import Embedder

__all__ = ["CodingInput", "Head", "Linear", "LocalCoder", "Matrix"]

FOLDER = DATA / "models" / "coder"
FORMAT = 1
PARTS = ("dense", "words", "bias")
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """A softmax layer: `dense` (wide, columns), `words` (slots, columns), `bias` (columns)."""

    dense: Matrix
    words: Matrix
    bias: Matrix

    def shares(self, found: Features) -> NDArray[np.float64]:
        """(n, columns), each row summing to 1.

        Summed in double precision, so that a sentence's figures do not depend on what is read with it.
        """
        scores = found.dense.astype(np.float64) @ self.dense + found.words @ self.words + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True)
class Head:
    """`gate` has a column for each kind of speech; each of `experts`, in that order, one for each code and “none”."""

    gate: Linear
    experts: tuple[Linear, ...]

    def probabilities(self, found: Features) -> Matrix:
        """(n, c) probabilities; what a row lacks to 1 is the probability that no code applies."""
        kinds = self.gate.shares(found)
        mixed = sum(kinds[:, [k]] * expert.shares(found)[:, :-1] for k, expert in enumerate(self.experts))
        return np.asarray(mixed, dtype=np.float32)

    @property
    def tensors(self) -> dict[str, Matrix]:
        """Every table of numbers by its name in the file."""
        layers = {"gate": self.gate, **{f"expert{k}": expert for k, expert in enumerate(self.experts)}}
        return {f"{name}.{part}": getattr(layer, part) for name, layer in layers.items() for part in PARTS}

    @classmethod
    def of(cls, tensors: dict[str, Matrix]) -> "Head":
        """The head whose tables are `tensors`; KeyError where one is missing, ValueError where they do not fit."""
        gate, *experts = (
            Linear(*(tensors[f"{name}.{part}"] for part in PARTS))
            for name in ("gate", *(f"expert{k}" for k in range(tensors["gate.bias"].shape[0])))
        )
        if len({(layer.dense.shape[0], layer.words.shape[0]) for layer in (gate, *experts)}) != 1:
            raise ValueError("the layers look at different features")
        return cls(gate, tuple(experts))


@dataclass(frozen=True)
class LocalCoder:
    """A head with the codes its columns mean.

    `thresholds` holds one value for each code under `f1` and under `high_precision`; `version` changes
    with every training; `sources` names the interviews it was trained on.
    """

    head: Head
    codes: list[str]
    thresholds: dict[str, NDArray[np.float64]]
    version: str
    sources: frozenset[str] = frozenset()

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "LocalCoder":
        """The coder kept in `folder`. Raises BadInput where files are missing or do not fit each other."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            about = json.loads((folder / "head.json").read_text(encoding="utf-8"))
            return cls._assemble(about, load_file(folder / "head.safetensors"))
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise BadInput(
                f"The trained coder in {folder} is missing or damaged. Restore it, or train it with "
                f"`python -m evals.train_coder`."
            ) from error

    @classmethod
    def _assemble(cls, about: dict[str, Any], tensors: dict[str, Matrix]) -> "LocalCoder":
        head = Head.of(tensors)
        codes = [str(code) for code in about["codes"]]
        thresholds = {name: np.array([values[code] for code in codes]) for name, values in about["thresholds"].items()}
        columns = {part.shape[-1] for expert in head.experts for part in (expert.dense, expert.words, expert.bias)}
        if about["format"] != FORMAT or columns != {len(codes) + 1}:
            raise ValueError("the head and its description do not fit")
        return cls(head, codes, thresholds, about["version"], frozenset(about["sources"]))

    def save(self, folder: Path) -> None:
        """Write the two files that `load` reads."""
        from safetensors.numpy import save

        folder.mkdir(parents=True, exist_ok=True)
        tensors = {name: np.ascontiguousarray(table) for name, table in self.head.tensors.items()}
        (folder / "head.safetensors").write_bytes(save(tensors))
        about = {
            "format": FORMAT,
            "version": self.version,
            "codes": self.codes,
            "thresholds": {name: self._by_code(values) for name, values in self.thresholds.items()},
            "sources": sorted(self.sources),
        }
        (folder / "head.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")

    def predict(self, sentences: Sequence[CodingInput], embedder: Embedder) -> Matrix:
        """(n, c) probabilities, columns in the order of `codes`."""
        if not sentences:
            return np.zeros((0, len(self.codes)), dtype=np.float32)
        return self.head.probabilities(features(sentences, embedder))

    def assign(
        self, probabilities: Matrix, which: str = "high_precision", share: float = 1.0
    ) -> list[dict[str, float]]:
        """For each row the codes that reach their threshold, or this share of it, with their probabilities."""
        given = probabilities >= share * self.thresholds[which]
        return [
            {self.codes[column]: float(row[column]) for column in np.flatnonzero(reached)}
            for row, reached in zip(probabilities, given, strict=True)
        ]

    def _by_code(self, values: NDArray[np.float64]) -> dict[str, float]:
        return {code: round(float(value), 4) for code, value in zip(self.codes, values, strict=True)}
