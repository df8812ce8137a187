"""MiniLM with upper layers that were trained further: how it sees a text beside what was said around it.

The trained layers come as a file; all below them, embeddings included, are the original's. File and original
are put together once, in `models` (see `retrieval.weights`), in int8. As in `retrieval.embeddings`, only rows of
one length share a batch, so that the same row gives the same bits whatever stands beside it.
"""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from retrieval.embedder import Vectors
from retrieval.encoder import equal_length_batches, last_states, open_encoder
from retrieval.errors import WeightsMissing
from retrieval.weights import BUILT, LAYERS, build, is_whole, source_folder

# Word pieces kept of a text (its first) and of each thing said around it (its last).
TEXT_PIECES, AROUND_PIECES = 64, 20
WIDTH = 3 * 384


class Marked(NamedTuple):
    """Token ids of one row: start, text, mark, then each thing said around it with a mark behind it.

    `length` is how many of them are the text's.
    """

    ids: list[int]
    length: int


class TunedNetwork:
    """The original with the layers in `changes`, a safetensors file; loaded at the first row, not before.

    Raises `WeightsMissing` where the original's weights are not installed.
    """

    def __init__(self, models: Path, changes: Path, threads: int = 2):
        self.models, self.changes, self.threads = models, changes, threads
        self._encoder: Any = None
        self._lock = Lock()

    def read(self, rows: Sequence[Sequence[str]]) -> Vectors:
        """Shape (n, 1152), float32: mean over the text, mean over the rest, state of the start.

        Each row holds the text and then what was said around it, the same number of strings in every row.
        """
        if not rows:
            return np.zeros((0, WIDTH), dtype=np.float32)
        with self._lock:
            self._load()
        marked = mark(rows, self._folder)
        found = np.zeros((len(rows), WIDTH), dtype=np.float32)

        def fill(batch: list[int]) -> None:
            states = last_states(self._encoder, np.array([marked[i].ids for i in batch], dtype=np.int32))
            for i, state in zip(batch, states, strict=True):
                found[i] = pooled(state, marked[i].length)

        with ThreadPoolExecutor(self.threads) as threads:
            list(threads.map(fill, equal_length_batches([len(row.ids) for row in marked])))
        return found

    def _load(self) -> None:
        if self._encoder is None:
            self._folder = built_tuned(self.models, self.changes)
            self._encoder = open_encoder(self._folder, "int8", self.threads)


def pooled(states: Vectors, length: int) -> Vectors:
    """One row of a text's token states (tokens, 384), `length` of which, after the first, are the text's."""
    text, rest = states[1 : 1 + length], states[1 + length :]
    row: Vectors = np.concatenate([text.mean(axis=0), rest.mean(axis=0), states[0]])
    return row


def mark(rows: Sequence[Sequence[str]], folder: Path) -> list[Marked]:
    """The rows as token ids, by the tokenizer in `folder`. A text without any word piece counts as one unknown."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    ids = tokenizer.get_vocab()
    start, end, unknown = (ids[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
    pieces = [
        [one.ids for one in tokenizer.encode_batch([row[part] for row in rows], add_special_tokens=False)]
        for part in range(len(rows[0]))
    ]
    marked = []
    for text, *around in zip(*pieces, strict=True):
        kept = text[:TEXT_PIECES] or [unknown]
        rest = [token for said in around for token in (*said[-AROUND_PIECES:], end)]
        marked.append(Marked([start, *kept, end, *rest], len(kept)))
    return marked


def built_tuned(models: Path, changes: Path) -> Path:
    """The folder under `models` of the original with the layers in `changes`; built there first if need be."""
    try:
        digest = hashlib.sha256(changes.read_bytes()).hexdigest()
    except OSError as missing:
        raise WeightsMissing(f"The trained layers {changes} cannot be read. Restore the file.") from missing
    folder = models / f"{BUILT}-tuned-{digest[:12]}"
    if not is_whole(folder):
        build(source_folder(), folder, LAYERS, changes=changes)
    return folder
