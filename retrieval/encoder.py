"""Running a converted model: token ids of one length in, token states out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.embedder import Vectors

BATCH_TOKENS = 4096


def open_encoder(folder: Path, numbers: str, threads: int) -> Any:
    """The converted model in `folder`, computing in `numbers` (int8, float32)."""
    from ctranslate2 import Encoder

    return Encoder(str(folder), device="cpu", compute_type=numbers, inter_threads=threads, intra_threads=1)


def last_states(encoder: Any, ids: NDArray[np.int32]) -> Vectors:
    """Token states after the last layer for token ids of one length: shape (texts, tokens, 384)."""
    from ctranslate2 import StorageView

    lengths = np.full(len(ids), ids.shape[1], dtype=np.int32)
    output = encoder.forward_batch(StorageView.from_array(ids), StorageView.from_array(lengths))
    return np.array(output.last_hidden_state, dtype=np.float32)


def equal_length_batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of `lengths` in groups of one length, longest first, each of at most `BATCH_TOKENS` tokens in all."""
    groups: dict[int, list[int]] = {}
    for position, length in enumerate(lengths):
        groups.setdefault(length, []).append(position)
    for length in sorted(groups, reverse=True):
        size = max(1, BATCH_TOKENS // length)
        for start in range(0, len(groups[length]), size):
            yield groups[length][start : start + size]
