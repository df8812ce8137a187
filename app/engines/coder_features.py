"""What the local coder looks at in a sentence. Training and use share this file, so that they cannot differ.

dense  meaning of the sentence, of the one before it and of what was asked (MiniLM sentence vectors), then
       how the sentence is put (mean and maximum of the token states of lower layers, and the cues)
words  the sentence's words and word pairs, hashed with signs (Weinberger et al. 2009): the trained head
       holds no vocabulary, and so no words of the people it was trained on
"""

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engines.coder_cues import cues
from retrieval.embedder import Embedder

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WORD_SLOTS = 2**13
# The training rows keep the end of long questions; what is coded must be cut alike.
QUESTION_END = 260
WORD = re.compile(r"[^\W_][\w'’]*|[?!$€£%]")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


class CodingInput(NamedTuple):
    """A sentence as the coder sees it: `previous` is the sentence before it in the same answer, `question`
    what the interviewer asked; both may be empty."""

    text: str
    previous: str = ""
    question: str = ""


class Features(NamedTuple):
    """One row a sentence: `dense` (n, wide) float32, `words` (n, WORD_SLOTS) sparse float32."""

    dense: NDArray[np.float32]
    words: "csr_matrix"

    def take(self, rows: NDArray[np.intp]) -> "Features":
        return Features(self.dense[rows], self.words[rows])


def features(sentences: Sequence[CodingInput], embedder: Embedder) -> Features:
    """The features of each sentence, in order."""
    texts = [one.text for one in sentences]
    dense = np.hstack(
        [
            embedder.encode(texts),
            embedder.encode([one.previous for one in sentences]),
            embedder.encode([asked(one.question) for one in sentences]),
            embedder.encode_early(texts),
            cues(texts),
        ]
    )
    return Features(dense, hashed_words(texts))


def asked(question: str) -> str:
    """The last question of what the interviewer said; its last sentence where none ends in “?”."""
    sentences = SENTENCE_END.split(question[-QUESTION_END:].strip())
    return next((one for one in reversed(sentences) if one.endswith("?")), sentences[-1])


def hashed_words(texts: Sequence[str]) -> "csr_matrix":
    """Counts of words and word pairs in hashed slots, each row scaled to length 1 (an empty text is all zero)."""
    rows, slots, signs = [], [], []
    for row, text in enumerate(texts):
        for term in terms(text):
            digest = zlib.crc32(term.encode("utf-8", "surrogatepass"))
            rows.append(row)
            slots.append(digest % WORD_SLOTS)
            signs.append(1.0 if digest >> 31 else -1.0)
    # Slow to load; nothing but coding needs it.
    from scipy.sparse import csr_matrix

    counts = csr_matrix((signs, (rows, slots)), shape=(len(texts), WORD_SLOTS), dtype=np.float32)
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    return csr_matrix(counts.multiply(1 / np.maximum(lengths, 1e-9)[:, None]), dtype=np.float32)


def terms(text: str) -> list[str]:
    """Words, and pairs of neighbouring words, in lower case."""
    words = WORD.findall(text.lower().replace("’", "'"))
    return words + [f"{one} {next_one}" for one, next_one in pairwise(words)]
