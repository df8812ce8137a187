"""A study as large as one likes: transcripts of sentences from the sample, and vectors that cost nothing to make.

The words are real sentences in an order drawn by lot, the vectors mixtures of the real sentences' vectors with a
little noise: as crowded as real ones, which matters to an index that finds its way through neighbours.
"""

import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evals.bench.texts import SEED, sample_sources, sentences
from retrieval.embedder import Vectors
from retrieval.embeddings import MiniLM

TURNS = 100
SENTENCES = 3
MIXED = 1_500
NOISE = 0.02
NOISES = 4096


class Precomputed:
    """An `Embedder` whose vectors are mixed from given ones by a digest of the text: as fast as looking them up."""

    name = "precomputed"

    def __init__(self, vectors: Vectors):
        self.vectors = vectors
        shape = (NOISES, vectors.shape[1])
        self.noise = np.random.default_rng(SEED).normal(scale=NOISE, size=shape).astype(np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        digests = np.array([zlib.crc32(text.encode()) for text in texts], dtype=np.int64)
        count = len(self.vectors)
        mixed = self.vectors[digests % count] + 0.7 * self.vectors[digests // count % count]
        mixed += self.noise[digests % NOISES]
        rows: Vectors = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return rows

    def encode_early(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts)

    def forget(self) -> None:
        """Nothing is kept."""


def real_vectors(models: Path, file: Path) -> None:
    """Write the vectors of some of the sample's sentences to `file`."""
    said = random.Random(SEED).sample(sentences(sample_sources()), MIXED)  # noqa: S311
    np.save(file, MiniLM(models).encode(said))


def write_corpus(folder: Path, excerpts: int) -> None:
    """Transcripts that give so many excerpts: each of one participant, a hundred answers, three sentences each."""
    said = [line for line in sentences(sample_sources()) if 6 <= len(line.split()) <= 25 and "\n" not in line]
    folder.mkdir(parents=True)
    for number in range(-(-excerpts // TURNS)):
        turns = min(TURNS, excerpts - number * TURNS)
        text = "\n\n".join(_turns(said, person(number), turns, random.Random(SEED + number)))  # noqa: S311
        (folder / f"{person(number)}.txt").write_text(text, encoding="utf-8")


def person(number: int) -> str:
    return f"P{number:06d}"


def _turns(said: list[str], who: str, turns: int, dice: random.Random) -> Iterator[str]:
    yield "Interviewer: Thank you for taking the time today. Shall we begin?"
    for _ in range(turns):
        answer = " ".join(line.rstrip(".!?:;,") + "." for line in dice.sample(said, SENTENCES))
        yield f"{who}: {answer.replace(':', ',')}"
        yield "Interviewer: And how did that go, would you say?"
