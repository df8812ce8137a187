"""Opposition: how far what was said stands against a statement it bears on. From -1 (with it) to 1 (against it).

Three signs, sentence by sentence: a word both share is denied by one of them, one has the opposite of a word of the
other, or one says that things are well where the other says that they are not.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.audit.bearing import Near, shorn
from app.support import polarity
from app.support.kinship import Kindred
from app.support.tone import tone
from app.support.words import content
from retrieval.embedder import Embedder
from retrieval.evidence import Excerpt, Quote, Span
from retrieval.splitting import sentence_spans

SENTENCES = 6
FEWEST_WORDS = 4
DENIAL = 1.0
TONES_CLASH = 0.7
TONES_AGREE = -0.5
COMPLAINT = 0.35


class Stand(NamedTuple):
    """A sentence that bears on the statement, where it stands, and how it stands to it."""

    near: Near
    span: Span
    text: str
    likeness: float
    against: float


def stands(
    statement: str, passages: Sequence[Near], embedder: Embedder, complaints: Sequence[Quote] = ()
) -> list[Stand]:
    """The sentences of the passages nearest to the statement, nearest first.

    `complaints` are quotes coded as a pain or a worry: to whoever praises, the talk around them is no agreement.
    """
    asked = shorn(statement)
    found = [
        (near, span, text)
        for near in passages
        for span in sentence_spans(near.excerpt.text, Span(start=0, end=len(near.excerpt.text)))
        if len((text := span.of(near.excerpt.text)).split()) >= FEWEST_WORDS
    ]
    texts = [text for _, _, text in found]
    if not texts:
        return []
    likeness = embedder.encode(texts) @ embedder.encode([asked])[0] + np.array(Kindred(texts).shares(asked))
    order = sorted(range(len(texts)), key=lambda at: (-round(float(likeness[at]), 6), texts[at]))[:SENTENCES]
    return [
        Stand(*found[at], float(likeness[at]), _against(asked, texts[at], _complains(found[at][0].excerpt, complaints)))
        for at in order
    ]


def opposition(found: Sequence[Stand]) -> float:
    """The mean of the sentences' stand, the nearer the weightier."""
    weights = [max(one.likeness, 0.01) ** 2 for one in found]
    return float(np.average([one.against for one in found], weights=weights)) if found else 0.0


def _complains(excerpt: Excerpt, complaints: Sequence[Quote]) -> bool:
    return any(one.source_id == excerpt.source_id and excerpt.overlap(one) for one in complaints)


def _against(statement: str, sentence: str, complaint: bool) -> float:
    claimed, said = tone(statement), tone(sentence)
    shared = set(content(statement)) & set(content(sentence))
    if polarity.turned_round(statement, sentence) or (shared and polarity.opposed(statement, sentence)):
        return DENIAL if claimed >= 0 or said >= 0 else 0.0
    if claimed * said < 0:
        return TONES_CLASH
    if claimed > 0 and complaint:
        return COMPLAINT
    return TONES_AGREE if claimed * said > 0 else 0.0
