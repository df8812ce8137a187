"""The coder's second reader: MiniLM with upper layers trained to tell codes apart, and one layer that answers.

It sees a sentence together with the question and the sentence before, token by token, where the head of
`coder` sees each of them as finished vectors. The two err differently: their mean is right more often than either.
Its weights are one file, written by `python -m evals.train_coder`; the layers below are those of the original.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.engines.coder_features import CodingInput, asked
from retrieval.embedder import Embedder

ANSWER = ("answer.weight", "answer.bias")


@dataclass(frozen=True)
class TunedReader:
    """The reader whose layers are in `file`, a safetensors file."""

    file: Path

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()

    @cached_property
    def _answer(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        from safetensors import safe_open

        with safe_open(self.file, "numpy") as kept:
            weight, bias = (kept.get_tensor(name).astype(np.float64) for name in ANSWER)
        return weight, bias

    @property
    def columns(self) -> int:
        """Codes it knows, and “none”."""
        return len(self._answer[1])

    def probabilities(self, sentences: Sequence[CodingInput], embedder: Embedder) -> NDArray[np.float32]:
        """(n, c); what a row lacks to 1 is the probability that no code applies."""
        weight, bias = self._answer
        seen = embedder.encode_around([around(one) for one in sentences], self.file).astype(np.float64)
        # Row by row: products of whole matrices are summed in another order for each number of rows.
        scores = np.stack([weight @ row for row in seen]) + bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray((odds / odds.sum(axis=1, keepdims=True))[:, :-1], dtype=np.float32)


def around(sentence: CodingInput) -> tuple[str, str, str]:
    """The sentence, what was asked, and the sentence before: what the network reads, in this order."""
    return sentence.text, asked(sentence.question), sentence.previous
