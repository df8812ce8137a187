"""The baselines of retrieval: windows of 8 turns, ranked by words, by meaning, and by both.

A window is 8 turns one after the other, with the speakers' names, and windows do not overlap: what one would
build in an afternoon. BM25 as in `retrieval.bm25`; dense is the product's own embedder on question and window;
RRF is reciprocal rank fusion of the two (Cormack, Clarke & Büttcher 2009).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retrieval.bm25 import Bm25
from retrieval.embedder import Embedder
from retrieval.evidence import Source

TURNS = 8
# Cormack, Clarke & Büttcher (SIGIR 2009): 1 / (60 + rank), the constant they found robust.
RRF_CONSTANT = 60
BASELINES = ("bm25", "dense", "rrf")


class TurnRange(NamedTuple):
    """Turns of a source, the last one included."""

    first: int
    last: int

    def overlaps(self, spans: Sequence[tuple[int, int]]) -> bool:
        return any(self.first <= last and first <= self.last for first, last in spans)


class TurnWindows:
    """The windows of one source and the three rankings of them."""

    def __init__(self, source: Source, embedder: Embedder, start: int = 0):
        self.ranges = _ranges(len(source.turns), start)
        texts = [_text(source, window) for window in self.ranges]
        self.words, self.vectors, self.embedder = Bm25(texts), embedder.encode(texts), embedder

    def rank(self, question: str) -> dict[str, list[TurnRange]]:
        """Baseline → all windows, best first; equals stand in the order of the transcript."""
        bm25 = np.array(self.words.scores(question))
        dense = self.vectors @ self.embedder.encode([question])[0]
        orders = {"bm25": _order(bm25), "dense": _order(dense)}
        ranks = np.stack([np.argsort(order) for order in orders.values()])
        orders["rrf"] = _order((1.0 / (RRF_CONSTANT + 1 + ranks)).sum(axis=0))
        return {name: [self.ranges[window] for window in order] for name, order in orders.items()}


def _ranges(turns: int, start: int) -> list[TurnRange]:
    firsts = sorted({0, *range(start, turns, TURNS)})
    return [TurnRange(first, min(after, turns) - 1) for first, after in zip(firsts, [*firsts[1:], turns], strict=True)]


def _text(source: Source, window: TurnRange) -> str:
    turns = source.turns[window.first : window.last + 1]
    return " ".join(f"{turn.speaker}: {turn.of(source.text)}" for turn in turns)


def _order(scores: np.ndarray) -> np.ndarray:
    return np.argsort(-scores, kind="stable")
