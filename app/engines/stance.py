"""Stance: what participants say against a theme: the same subject, the opposite verdict.

Two sentences are on one subject when their vectors are close; they disagree when one affirms what the
other denies or one praises what the other complains of. Words decide the verdict: a small list of
affirming and complaining words, and negation, which turns it round.
"""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from app.models.evidence import Evidence
from retrieval.embedder import Embedder, Vectors

# Cosine from which two sentences are on one subject.
SAME_SUBJECT = 0.66
NEGATION = re.compile(r"\b(?:not|never|no|nothing|none|nobody|without|hardly|barely|cannot|\w+n't|n’t|\w+n’t)\b", re.I)
GOOD = re.compile(
    r"\b(?:love|like|enjoy|trust|helps?|helpful|useful|great|good|better|best|easy|easier|fast|faster|confident|"
    r"comfortable|happy|reliable|accurate|excited|saves?|improves?|valuable|always|definitely|works?)\b",
    re.I,
)
BAD = re.compile(
    r"\b(?:hate|dislike|distrust|useless|bad|worse|worst|hard|harder|difficult|slow|slower|worr(?:y|ied)|afraid|"
    r"annoying|frustrat\w+|wrong|errors?|mistakes?|unreliable|inaccurate|generic|robotic|lacks?|fails?|problems?|"
    r"struggles?|refuse|avoid|sceptical|skeptical|hesitant|wary)\b",
    re.I,
)


@lru_cache(maxsize=20_000)
def verdict(sentence: str) -> int:
    """1 affirms or praises, -1 denies or complains, 0 neither or both."""
    text = sentence.replace("’", "'")
    value = len(GOOD.findall(text)) - len(BAD.findall(text))
    sign = (value > 0) - (value < 0)
    return -sign if NEGATION.search(text) and sign else sign


def disagree(one: Evidence, other: Evidence) -> bool:
    """Whether the two take opposite sides, each clearly."""
    return verdict(one.quote.text) * verdict(other.quote.text) < 0


def opposed(said: Sequence[Evidence], others: Sequence[Evidence], embedder: Embedder, most: int = 2) -> list[Evidence]:
    """Evidence among `others` that contradicts some of what was `said`, nearest in subject first, one a participant."""
    return Sides(others, embedder).against(said, most)


class Sides:
    """What `others` take a side on: read once, and asked of many a theme."""

    def __init__(self, others: Sequence[Evidence], embedder: Embedder):
        self.embedder = embedder
        self.others = [one for one in others if verdict(one.quote.text)]

    def against(self, said: Sequence[Evidence], most: int = 2) -> list[Evidence]:
        """Those of the others that contradict some of what was `said` and are no part of it, as `opposed` has them."""
        taken = [one for one in said if verdict(one.quote.text)]
        if not taken or not self.others:
            return []
        nearness = self._vectors @ _vectors(taken, self.embedder).T
        best = np.where(self._verdicts[:, None] != _verdicts(taken), nearness, 0.0).max(axis=1)
        spoken = {one.id for one in said}
        near = [(float(best[row]), self.others[row]) for row in np.flatnonzero(best >= SAME_SUBJECT)]
        near = [(value, one) for value, one in near if one.id not in spoken]
        return _one_each(sorted(near, key=lambda row: (-round(row[0], 6), row[1].id)))[:most]

    @cached_property
    def _vectors(self) -> Vectors:
        return _vectors(self.others, self.embedder)

    @cached_property
    def _verdicts(self) -> NDArray[np.int64]:
        return _verdicts(self.others)


def _vectors(evidence: Sequence[Evidence], embedder: Embedder) -> Vectors:
    return embedder.encode([one.quote.text for one in evidence])


def _verdicts(evidence: Sequence[Evidence]) -> NDArray[np.int64]:
    return np.array([verdict(one.quote.text) for one in evidence], dtype=np.int64)


def _one_each(ranked: Sequence[tuple[float, Evidence]]) -> list[Evidence]:
    first: dict[str, Evidence] = {}
    for _, one in ranked:
        first.setdefault(one.participant_id, one)
    return list(first.values())
