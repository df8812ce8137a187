"""Stance: what participants say against a theme: the same subject, the opposite verdict.

Two sentences are on one subject when their vectors are close; they disagree when one affirms what the
other denies or one praises what the other complains of. Words decide the verdict: a small list of
affirming and complaining words, and negation, which turns it round.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

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
    taken = [(one, verdict(one.quote.text)) for one in said]
    taken = [row for row in taken if row[1]]
    candidates = [(one, verdict(one.quote.text)) for one in others]
    candidates = [row for row in candidates if row[1]]
    if not taken or not candidates:
        return []
    nearness = _vectors(candidates, embedder) @ _vectors(taken, embedder).T
    disagree = np.array([[theirs != ours for _, ours in taken] for _, theirs in candidates])
    best = np.where(disagree, nearness, 0.0).max(axis=1)
    near = [(float(value), one) for value, (one, _) in zip(best, candidates, strict=True) if value >= SAME_SUBJECT]
    return _one_each(sorted(near, key=lambda row: (-round(row[0], 6), row[1].id)))[:most]


def _vectors(rows: Sequence[tuple[Evidence, int]], embedder: Embedder) -> Vectors:
    return embedder.encode([one.quote.text for one, _ in rows])


def _one_each(ranked: Sequence[tuple[float, Evidence]]) -> list[Evidence]:
    first: dict[str, Evidence] = {}
    for _, one in ranked:
        first.setdefault(one.participant_id, one)
    return list(first.values())
