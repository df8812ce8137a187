"""Likeness: how close statements are to invented sentences of a kind."""

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from app.synthesis.buying.statements import FEWEST_WORDS, Statement
from retrieval.embedder import Embedder, Vectors

# The mean of the two nearest cues: one cue alone is often near by a word, two by what is meant.
NEAREST = 2
CLAUSE = re.compile(r"[,;:.!?–—]+\s+|\s+(?:but|so|because|and then)\s+", re.I)


def nearest(vectors: Vectors, embedder: Embedder, cues: Sequence[str]) -> Vectors:
    """For each vector, the mean cosine to its nearest cues."""
    found: Vectors = np.sort(vectors @ embedder.encode(list(cues)).T, axis=1)[:, -NEAREST:].mean(axis=1)
    return found


class Clauses:
    """Statements and their clauses: what somebody says of their part is often a clause of a long sentence."""

    def __init__(self, statements: Sequence[Statement], embedder: Embedder):
        self.statements, self.embedder = statements, embedder

    def likeness(self, cues: Sequence[str]) -> Vectors:
        """For each statement, the cosine of it or its nearest clause to the nearest cue."""
        near = (self._vectors @ self.embedder.encode(list(cues)).T).max(axis=1)
        found: Vectors = np.full(len(self.statements), -1.0, dtype=np.float32)
        np.maximum.at(found, self._rows, near)
        return found

    @cached_property
    def _parts(self) -> list[tuple[int, str]]:
        return [(row, part) for row, one in enumerate(self.statements) for part in _parts(one.text)]

    @cached_property
    def _vectors(self) -> Vectors:
        return self.embedder.encode([part for _, part in self._parts])

    @property
    def _rows(self) -> list[int]:
        return [row for row, _ in self._parts]


def _parts(text: str) -> list[str]:
    """The sentence, and its clauses of four words or more."""
    whole = " ".join(text.split())
    clauses = [part.strip(" \"'“”") for part in CLAUSE.split(whole)]
    return list(dict.fromkeys([whole, *(part for part in clauses if len(part.split()) >= FEWEST_WORDS)]))
