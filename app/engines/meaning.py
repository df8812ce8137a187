"""Meaning: evidence as vectors that tell subjects apart inside one study.

Everything in a study is about one thing, so its sentences all lie close together. Taking away what they
have in common leaves what they differ in (Mu & Viswanath 2018, "all but the top", the mean only). One
sentence seldom says what it is about: the passage it stands in and the question it answers do.
"""

from collections.abc import Sequence

import numpy as np

from app.models.evidence import Evidence
from retrieval.embedder import Embedder, Vectors

# On the planted sample, mean average precision of "same theme" among other people's statements of one code:
# the sentence alone .49, with the question at .5 .53, with its surroundings at .6 as well .59.
QUESTION_WEIGHT = 0.5
PASSAGE_WEIGHT = 0.6
# The end of a question is what was asked; what stands before leads up to it.
QUESTION_TAIL = 250


def meanings(evidence: Sequence[Evidence], embedder: Embedder) -> Vectors:
    """Unit vectors (n, dimensions), centred over `evidence`: hand over a whole study's, not a part."""
    if not evidence:
        return embedder.encode([])
    said = embedder.encode([one.quote.text for one in evidence])
    around = embedder.encode([one.extent.text for one in evidence])
    asked = embedder.encode([one.question[-QUESTION_TAIL:] or "." for one in evidence])
    has_question = np.array([[bool(one.question)] for one in evidence])
    together = said + PASSAGE_WEIGHT * around + QUESTION_WEIGHT * np.where(has_question, asked, 0.0)
    return centred(together.astype(np.float32))


def centred(vectors: Vectors) -> Vectors:
    """Unit vectors less what they have in common."""
    moved = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vectors = (moved / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
