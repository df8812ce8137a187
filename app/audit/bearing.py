"""Bearing: which participants' words bear on a statement, and how closely.

People seldom say a thing in a document's words. Two views are added: the cosine of sentence vectors, and the share of
the statement's content that a passage speaks of in the same words or their kin. What nobody has a word for counts
against the statement.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.support.kinship import Kindred
from retrieval.embedder import Embedder
from retrieval.evidence import Excerpt

# A statement's score is the mean of so many passages: one lucky passage is none.
AVERAGED = 3
STRANGENESS_COSTS = 0.9
# Passages that come this near to the best bear on the statement too.
MARGIN = 0.75
MOST_PASSAGES = 8
# “She is relaxed about …” is about being relaxed, and near to whoever speaks of a “she”.
SUBJECT = re.compile(
    r"^(?:(?:she|he|they|we|it)\b|(?:the|this|our) (?:persona|buyer|user|customer|participant)s?\b)"
    r"(?:['’](?:s|re|ve|d))?\s*(?:(?:is|are|was|were|has|have|will|would)\b(?! to\b))?\s*",
    re.IGNORECASE,
)


class Near(NamedTuple):
    excerpt: Excerpt
    person: str
    score: float


class Bearing(NamedTuple):
    """`score` says how closely the study bears on the statement; `passages` the nearest, best first."""

    score: float
    passages: list[Near]


class Passages:
    """All that the participants of a study said, ready to be asked what bears on a statement."""

    def __init__(self, excerpts: Sequence[Excerpt], embedder: Embedder):
        self.excerpts = [one for one in excerpts if one.participant_id]
        self.embedder = embedder
        texts = [one.text for one in self.excerpts]
        self._vectors = embedder.encode(texts)
        self._kindred = Kindred(texts)

    def on(self, statement: str) -> Bearing:
        """What bears on the statement; nothing where the study is silent."""
        if not self.excerpts:
            return Bearing(0.0, [])
        asked = shorn(statement)
        scores = self._vectors @ self.embedder.encode([asked])[0] + np.array(self._kindred.shares(asked))
        order = sorted(range(len(scores)), key=lambda at: (-round(float(scores[at]), 6), self.excerpts[at].id))
        best = float(np.mean([scores[at] for at in order[:AVERAGED]]))
        passages = [self._near(at, float(scores[at])) for at in order[:MOST_PASSAGES] if scores[at] >= MARGIN * best]
        return Bearing(best - STRANGENESS_COSTS * self._kindred.strange(asked), _apart(passages))

    def _near(self, at: int, score: float) -> Near:
        excerpt = self.excerpts[at]
        return Near(excerpt, str(excerpt.participant_id), score)


def shorn(statement: str) -> str:
    """The statement without a subject that says nothing."""
    return SUBJECT.sub("", statement, count=1) or statement


def _apart(passages: Sequence[Near]) -> list[Near]:
    """The passages without those that overlap a better one: excerpts of one turn share sentences."""
    kept: list[Near] = []
    for one in passages:
        here = [other.excerpt for other in kept if other.excerpt.source_id == one.excerpt.source_id]
        if not any(one.excerpt.overlap(other) for other in here):
            kept.append(one)
    return kept
