"""The coder's second reader in training: what it learns from, and how it reads rows it has not learnt from.

torch is asked for only here and below (`encoder_fit`, `encoder_net`); where it is missing, `installed()` says so.
"""

import importlib.util
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.engines.coder import Matrix
from app.engines.coder_features import CodingInput
from app.engines.coder_tuned import TunedReader, around
from evals.coder_fit import targets
from evals.metrics import Flags
from retrieval.embeddings import MiniLM
from retrieval.encoder import equal_length_batches, last_states, open_encoder
from retrieval.tuned import mark
from retrieval.weights import built_model

if TYPE_CHECKING:
    from evals.encoder_fit import Lesson, Tensors

Rows = NDArray[np.intp]
INSTALL = "`pip install torch` (or the extra `train`)"


def installed() -> bool:
    """Whether the encoder can be trained on this machine."""
    return importlib.util.find_spec("torch") is not None


@dataclass(frozen=True)
class Tuning:
    """All rows as the encoder sees them, and its upper layers after the extra rows (`start`)."""

    inputs: list[CodingInput]
    lesson: "Lesson"
    start: "Tensors"
    seed: int

    def fit(self, rows: Rows) -> "Tensors":
        """The layers after learning from the main `rows` too."""
        from evals.encoder_fit import finish

        return finish(self.start, self.lesson, rows, self.seed)

    def read(self, train: Rows, test: Rows) -> Matrix:
        """(len(test), c) probabilities, by the finished form of a reader that learnt from the main rows `train`."""
        with tempfile.TemporaryDirectory() as kept:
            reader = written(self.fit(train), Path(kept) / "encoder.safetensors")
            return reader.probabilities([self.inputs[row] for row in test], MiniLM(Path(kept), threads=1))


def written(tensors: "Tensors", file: Path) -> TunedReader:
    """The reader with these layers, kept in `file` in 16-bit floats."""
    from safetensors.numpy import save

    file.write_bytes(save({name: table.astype(np.float16) for name, table in sorted(tensors.items())}))
    return TunedReader(file)


def tuning(inputs: Sequence[CodingInput], labels: Flags, main: Flags, models: Path, seed: int) -> Tuning:
    """Reads the rows by the lower layers (kept in `models`) and learns from the extra ones, those not `main`."""
    from evals.encoder_fit import Lesson, beginning
    from evals.encoder_net import LOWER

    folder = built_model(models, LOWER)
    marked = mark([around(one) for one in inputs], folder)
    encoder, states = open_encoder(folder, "int8", 1), [np.zeros((0, 0), np.float16)] * len(marked)
    for batch in equal_length_batches([len(row.ids) for row in marked]):
        found = last_states(encoder, np.array([marked[i].ids for i in batch], dtype=np.int32))
        for i, state in zip(batch, found.astype(np.float16), strict=True):
            states[i] = state
    lesson = Lesson(states, [row.length for row in marked], targets(labels))
    return Tuning(list(inputs), lesson, beginning(lesson, np.flatnonzero(~main), seed), seed)
