"""Bearing: which participants' words bear on a statement, and how closely.

People seldom say a thing in a document's words. Two views are added: the cosine of sentence vectors, and the share of
the statement's content that a passage speaks of in the same words or their kin. Where a language model noted what was
said there (a gist), the passage is as near as the nearer of the two. What nobody has a word for counts against the
statement.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.models.evidence import Evidence
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

    def __init__(self, excerpts: Sequence[Excerpt], embedder: Embedder, evidence: Sequence[Evidence] = ()):
        self.excerpts = [one for one in excerpts if one.participant_id]
        self.embedder = embedder
        texts = [one.text for one in self.excerpts]
        self._vectors = embedder.encode(texts)
        self._kindred = Kindred(texts)
        noted = [(at, one.gist) for one in evidence if one.gist for at in self._holding(one)]
        self._noted_at = np.array([at for at, _ in noted], dtype=np.intp)
        self._gists = embedder.encode([gist for _, gist in noted])

    def _holding(self, one: Evidence) -> list[int]:
        """The excerpts that hold most of what was noted."""
        quote = one.quote
        return [
            at
            for at, excerpt in enumerate(self.excerpts)
            if excerpt.source_id == quote.source_id and 2 * excerpt.overlap(quote) > quote.end - quote.start
        ]

    def _nearness(self, asked: str) -> NDArray[np.float64]:
        """(excerpts,) cosines to the statement: of the words, or of what was noted of them if that is nearer."""
        vector = self.embedder.encode([asked])[0]
        near: NDArray[np.float64] = (self._vectors @ vector).astype(np.float64)
        if len(self._noted_at):
            np.maximum.at(near, self._noted_at, (self._gists @ vector).astype(np.float64))
        return near

    def on(self, statement: str) -> Bearing:
        """What bears on the statement; nothing where the study is silent."""
        if not self.excerpts:
            return Bearing(0.0, [])
        asked = shorn(statement)
        scores = self._nearness(asked) + np.array(self._kindred.shares(asked))
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
