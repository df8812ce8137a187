"""Alignment: which sentences of the evidence a claim rests on, and how much of its content they hold.

Words weigh by their rarity in the evidence; meaning is the cosine of sentence vectors, clause by clause.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from app.support.words import content
from retrieval.embedder import Embedder

NEIGHBOURS = 3
FEWEST_WORDS = 3
CLAUSE_ENDS = re.compile(
    r"[,;:–—]\s+|\s(?=(?:and|but|which|who|where|while|when|because|after|before|that)\s)", re.IGNORECASE
)


class Aligned(NamedTuple):
    """A clause of the claim, the sentence nearest to it and its cosine."""

    clause: str
    sentence: str
    likeness: float


class Alignment(NamedTuple):
    """`coverage`: share of the claim's content in the best stretch; `lost`: content words that stand nowhere."""

    coverage: float
    likeness: float
    clauses: list[Aligned]
    lost: list[str]


class Shares:
    """The content of evidence, sentence by sentence, and how rare each word is in it."""

    def __init__(self, sentences: Sequence[str]):
        self.words = [frozenset(content(one)) for one in sentences]
        self.holders = Counter(word for words in self.words for word in words)

    def of(self, wanted: frozenset[str], held: frozenset[str]) -> float:
        """The share of `wanted` that is `held`, by weight; 0 where nothing is wanted."""
        total = sum(map(self.weight, wanted))
        return sum(self.weight(word) for word in wanted & held) / total if total else 0.0

    def weight(self, word: str) -> float:
        return log(1 + (len(self.words) + 1) / (self.holders[word] + 0.5))

    def best_stretch(self, wanted: frozenset[str]) -> float:
        """The most of `wanted` that some neighbouring sentences hold together."""
        stretches = (frozenset().union(*self.words[at : at + NEIGHBOURS]) for at in range(len(self.words)))
        return max((self.of(wanted, held) for held in stretches), default=0.0)


def clauses(claim: str) -> list[str]:
    """The claim's clauses; one too short to stand alone stays with the one before."""
    found: list[str] = []
    for part in (part for part in CLAUSE_ENDS.split(claim) if part.strip()):
        if found and len(content(part)) < FEWEST_WORDS:
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found or [claim]


def align(claim: str, sentences: Sequence[str], embedder: Embedder, nearest: int) -> Alignment:
    """How the claim stands to the sentences; all zero where there are none."""
    shares, wanted = Shares(sentences), frozenset(content(claim))
    parts = clauses(claim)
    chosen = _candidates(parts, shares, nearest)
    texts = [sentences[at] for at in chosen]
    aligned = _nearest(parts, texts, embedder) if texts else []
    return Alignment(
        coverage=shares.best_stretch(wanted),
        likeness=float(np.mean([one.likeness for one in aligned])) if aligned else 0.0,
        clauses=aligned,
        lost=[word for word in dict.fromkeys(content(claim)) if word not in shares.holders],
    )


def _candidates(parts: Sequence[str], shares: Shares, nearest: int) -> list[int]:
    """The sentences that share most with some clause: of a long page, few are worth a vector."""
    if len(shares.words) <= nearest:
        return list(range(len(shares.words)))
    found: set[int] = set()
    for part in parts:
        wanted = frozenset(content(part))
        ranked = sorted(range(len(shares.words)), key=lambda at: (-shares.of(wanted, shares.words[at]), at))
        found.update(ranked[: max(nearest // len(parts), NEIGHBOURS)])
    return sorted(found)


def _nearest(parts: Sequence[str], texts: Sequence[str], embedder: Embedder) -> list[Aligned]:
    vectors = embedder.encode([*parts, *texts])
    nearness = vectors[: len(parts)] @ vectors[len(parts) :].T
    best = nearness.argmax(axis=1)
    return [
        Aligned(part, texts[at], float(nearness[row, at]))
        for row, (part, at) in enumerate(zip(parts, best.tolist(), strict=True))
    ]
