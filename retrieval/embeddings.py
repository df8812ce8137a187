"""MiniLM: sentence vectors on the CPU, by CTranslate2 in int8, without torch.

The model is loaded at the first text, not before. A text longer than 256 word pieces is embedded by
its first 256, as the model was trained. Vectors are mean-pooled over real tokens and L2-normalised
(Reimers & Gurevych 2019), so that a dot product is a cosine.

The same text gives the same bits whatever stands beside it: only texts of equal length share a batch,
because padding moves a vector by up to 0.002 in a component. Batches go to the processor's threads one
each, longest first: threads that share one batch wait for each other at every layer.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.embedder import Vectors
from retrieval.vector_cache import VectorCache
from retrieval.weights import BUILT, LAYERS, built_model

DIMENSIONS = 384
MAX_TOKENS = 256
BATCH_TOKENS = 4096
# Rows kept in memory by each network: 30 MB of sentence vectors.
CACHE_SIZE = 20_000
# Of layers 1 to 5, the middle one tells codes apart best, and the fifth adds most to it.
EARLY_LAYERS = (3, 5)
# int8 puts a "Thank you!" at cosine 0.965 to its original vector; from eleven word pieces on, none of some
# thousands of sentences was below 0.984 (`python -m evals.bench.embed`).
EXACT_TOKENS = 10


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 kept in `models` (built there on first use; see `retrieval.weights`).

    `threads` bounds the processor threads used; `cache` is a file that keeps sentence vectors from one process
    to the next (see `retrieval.vector_cache`), none where it is None. Texts of up to `exact_tokens` word pieces are
    read in 32-bit floats instead of int8 (see `EXACT_TOKENS`). Raises `retrieval.errors.WeightsMissing` at the
    first text where the weights are not installed.
    """

    def __init__(self, models: Path, threads: int = 2, cache: Path | None = None, exact_tokens: int = EXACT_TOKENS):
        self.name = f"{BUILT}-exact-{exact_tokens}" if exact_tokens else BUILT
        kept = VectorCache(cache, self.name) if cache else None
        self._meaning = Network(models, LAYERS, sentence_vectors, threads, kept, exact_tokens)
        self._early = [Network(models, layers, mean_and_max, threads) for layers in EARLY_LAYERS]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's form of `encode`."""
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text; queries and documents are embedded alike."""
        return self.embed_documents([text])[0]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text: shape (n, 384), float32. What was embedded lately is not embedded again."""
        return self._meaning.read(texts) if texts else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def encode_early(self, texts: Sequence[str]) -> Vectors:
        """Mean and maximum of the token states after layers 3 and 5: shape (n, 1536), float32."""
        if not texts:
            return np.zeros((0, len(EARLY_LAYERS) * 2 * DIMENSIONS), dtype=np.float32)
        return np.hstack([network.read(texts) for network in self._early])

    def forget(self) -> None:
        """Drop the vectors of all texts, in memory and on disk."""
        for network in (self._meaning, *self._early):
            network.forget()


class Network:
    """The first `layers` layers of the model and a way to `pool` token states into one row a text.

    `pool` takes states of shape (texts, tokens, 384) without padding and answers (texts, any width).
    """

    def __init__(
        self,
        models: Path,
        layers: int,
        pool: Callable[[Vectors], Vectors],
        threads: int,
        cache: VectorCache | None = None,
        exact_tokens: int = 0,
    ):
        self.models, self.layers, self.pool, self.threads, self.cache = models, layers, pool, threads, cache
        self.exact_tokens = exact_tokens
        self._encoder: Any = None
        self._exact_encoder: Any = None
        self._tokenizer: Any = None
        self._known: dict[str, Vectors] = {}
        self._lock = Lock()

    def read(self, texts: Sequence[str]) -> Vectors:
        """One row for each of `texts` (at least one), from memory where it was read before."""
        with self._lock:
            self._learn([text for text in dict.fromkeys(texts) if text not in self._known])
            rows = np.stack([self._known[text] for text in texts])
            self._trim()
        return rows

    def forget(self) -> None:
        with self._lock:
            self._known.clear()
            if self.cache:
                self.cache.clear()

    def _learn(self, texts: list[str]) -> None:
        if self.cache and texts:
            self._known.update(self.cache.find(texts))
            texts = [text for text in texts if text not in self._known]
        if not texts:
            return
        self._known.update(new := self._embed(texts))
        if self.cache:
            self.cache.keep(new)

    def _embed(self, texts: list[str]) -> dict[str, Vectors]:
        self._load()
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        batches = list(equal_length_batches([len(ids) for ids in tokens]))
        with ThreadPoolExecutor(self.threads) as threads:
            found = list(threads.map(lambda batch: self.pool(self._states([tokens[i] for i in batch])), batches))
        return {
            texts[i]: row
            for batch, rows in zip(batches, found, strict=True)
            for i, row in zip(batch, rows, strict=True)
        }

    def _trim(self) -> None:
        """Keep the memory bounded: the oldest texts go first."""
        spare = len(self._known) - CACHE_SIZE
        for text in list(self._known)[:spare] if spare > 0 else []:
            del self._known[text]

    def _states(self, tokens: list[list[int]]) -> Vectors:
        """The last layer's token states for token ids of one length: shape (texts, tokens, 384)."""
        ids = np.array(tokens, dtype=np.int32)
        if ids.shape[1] > self.exact_tokens:
            return _last_states(self._encoder, ids)
        # One by one: in floats, unlike in int8, the bits depend on what else is in the batch.
        return np.concatenate([_last_states(self._exact_encoder, row[None, :]) for row in ids])

    def _load(self) -> None:
        if self._encoder is not None:
            return
        from tokenizers import Tokenizer

        folder = built_model(self.models, self.layers)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        if self.exact_tokens:
            self._exact_encoder = _encoder(built_model(self.models, self.layers, exact=True), "float32", self.threads)
        self._encoder = _encoder(folder, "int8", self.threads)


def _encoder(folder: Path, numbers: str, threads: int) -> Any:
    from ctranslate2 import Encoder

    return Encoder(str(folder), device="cpu", compute_type=numbers, inter_threads=threads, intra_threads=1)


def _last_states(encoder: Any, ids: NDArray[np.int32]) -> Vectors:
    from ctranslate2 import StorageView

    lengths = np.full(len(ids), ids.shape[1], dtype=np.int32)
    output = encoder.forward_batch(StorageView.from_array(ids), StorageView.from_array(lengths))
    return np.array(output.last_hidden_state, dtype=np.float32)


def sentence_vectors(states: Vectors) -> Vectors:
    """Mean over tokens, scaled to length 1."""
    means = states.mean(axis=1)
    vectors: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
    return vectors


def mean_and_max(states: Vectors) -> Vectors:
    """Mean over tokens beside the largest value over tokens."""
    return np.hstack([states.mean(axis=1), states.max(axis=1)])


def equal_length_batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of `lengths` in groups of one length, longest first, each of at most `BATCH_TOKENS` tokens in all."""
    groups: dict[int, list[int]] = {}
    for position, length in enumerate(lengths):
        groups.setdefault(length, []).append(position)
    for length in sorted(groups, reverse=True):
        size = max(1, BATCH_TOKENS // length)
        for start in range(0, len(groups[length]), size):
            yield groups[length][start : start + size]
