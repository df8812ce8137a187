"""MiniLM: sentence vectors on the CPU, by CTranslate2 in 32-bit floats, without torch.

The model is loaded at the first text, not before. A text longer than 256 word pieces is embedded by
its first 256, as the model was trained. Vectors are mean-pooled over real tokens and L2-normalised
(Reimers & Gurevych 2019), so that a dot product is a cosine.

The same text gives the same bits whatever stands beside it, because each is read by itself: in a batch the order of
additions depends on what else is in it. Another kind of processor moves a component by less than 0.000001; int8,
2.6 times as fast, moves a vector by up to 0.02 (cosine), and differently on each, so that a study came out with other
personas on another machine. Texts go to the processor's threads one each, longest first: threads that share
one text wait for each other at every layer.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from retrieval.embedder import Vectors
from retrieval.vector_cache import VectorCache
from retrieval.weights import BUILT, LAYERS, built_model

DIMENSIONS = 384
MAX_TOKENS = 256
# Rows kept in memory by each network: 30 MB of sentence vectors.
CACHE_SIZE = 20_000
# Of layers 1 to 5, the middle one tells codes apart best, and the fifth adds most to it.
EARLY_LAYERS = (3, 5)


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 kept in `models` (built there on first use; see `retrieval.weights`).

    `threads` bounds the processor threads used; `cache` is a file that keeps sentence vectors from one process
    to the next (see `retrieval.vector_cache`), none where it is None. Raises `retrieval.errors.WeightsMissing` at the
    first text where the weights are not installed.
    """

    def __init__(self, models: Path, threads: int = 2, cache: Path | None = None):
        self.name = BUILT
        kept = VectorCache(cache, self.name) if cache else None
        self._meaning = Network(models, LAYERS, sentence_vectors, threads, kept)
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
    ):
        self.models, self.layers, self.pool, self.threads, self.cache = models, layers, pool, threads, cache
        self._encoder: Any = None
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
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        longest_first = sorted(range(len(texts)), key=lambda row: -len(ids[row]))
        with ThreadPoolExecutor(self.threads) as threads:
            rows = list(threads.map(lambda row: self.pool(self._states(ids[row]))[0], longest_first))
        return {texts[row]: found for row, found in zip(longest_first, rows, strict=True)}

    def _trim(self) -> None:
        """Keep the memory bounded: the oldest texts go first."""
        spare = len(self._known) - CACHE_SIZE
        for text in list(self._known)[:spare] if spare > 0 else []:
            del self._known[text]

    def _states(self, ids: list[int]) -> Vectors:
        """The last layer's token states of one text: shape (1, tokens, 384)."""
        from ctranslate2 import StorageView

        row, length = np.array([ids], dtype=np.int32), np.array([len(ids)], dtype=np.int32)
        output = self._encoder.forward_batch(StorageView.from_array(row), StorageView.from_array(length))
        return np.array(output.last_hidden_state, dtype=np.float32)

    def _load(self) -> None:
        if self._encoder is not None:
            return
        from ctranslate2 import Encoder
        from tokenizers import Tokenizer

        folder = built_model(self.models, self.layers)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._encoder = Encoder(
            str(folder), device="cpu", compute_type="float32", inter_threads=self.threads, intra_threads=1
        )


def sentence_vectors(states: Vectors) -> Vectors:
    """Mean over tokens, scaled to length 1."""
    means = states.mean(axis=1)
    vectors: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
    return vectors


def mean_and_max(states: Vectors) -> Vectors:
    """Mean over tokens beside the largest value over tokens."""
    return np.hstack([states.mean(axis=1), states.max(axis=1)])
