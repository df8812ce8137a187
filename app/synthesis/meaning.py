"""Meaning: evidence as vectors that tell subjects apart inside one study.

Everything in a study is about one thing, so its sentences all lie close together. Taking away what they
have in common leaves what they differ in (Mu & Viswanath 2018, "all but the top", the mean only). The
question an answer was given to says what the answer is about, at half the weight of the answer.
"""

from collections.abc import Sequence

import numpy as np

from app.models.evidence import Evidence
from retrieval.embedder import Embedder, Vectors

# On the planted sample, mean average precision of "same theme" among other people's statements of one code:
# answer alone .490, with the question at .3 .531, at .6 .568; more leaves the answer out of the account.
QUESTION_WEIGHT = 0.5
# The end of a question is what was asked; what stands before leads up to it.
QUESTION_TAIL = 250


def meanings(evidence: Sequence[Evidence], embedder: Embedder) -> Vectors:
    """Unit vectors (n, dimensions), centred over `evidence`: hand over a whole study's, not a part."""
    if not evidence:
        return embedder.encode([])
    said = embedder.encode([one.quote.text for one in evidence])
    asked = embedder.encode([one.question[-QUESTION_TAIL:] or "." for one in evidence])
    has_question = np.array([[bool(one.question)] for one in evidence])
    together = said + QUESTION_WEIGHT * np.where(has_question, asked, 0.0)
    centred = together - together.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    unit: Vectors = (centred / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
