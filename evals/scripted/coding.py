"""Coding as the scripted model does it: by the local coder, on the lines of the prompt alone."""

import re
from collections.abc import Sequence

from app.engines.asides import aside_scores
from app.engines.coder import CodingInput, LocalCoder
from app.engines.hearsay import is_order, is_reported
from app.engines.llm.answers import CodedInterviews, Point
from app.engines.local import FEWEST_WORDS, HEARSAY_CODES, MOST_ASIDE
from app.engines.voice import third_person
from evals.scripted.pages import SpokenLine
from retrieval.embedder import Embedder

MOST_CODES = 2
# Words of a gist, as the prompt allows.
MOST_WORDS = 10
CLAUSE_END = re.compile(r"[,;:.!?–—] |^\S+ (?:and|but|because|so|when|which|where)$", re.IGNORECASE)


def code_lines(
    lines: Sequence[SpokenLine], codes: Sequence[str], coder: LocalCoder, embedder: Embedder
) -> CodedInterviews:
    """A point for each sentence that some code of the prompt may apply to; orders are reported."""
    said = [CodingInput(line.text, line.previous, line.question) for line in lines]
    chances = coder.predict(said, embedder)
    noted, firm = coder.assign(chances, "f1"), coder.assign(chances, "high_precision")
    asides = aside_scores([line.text for line in lines], [line.participant for line in lines], embedder).tolist()
    points = [
        Point(sentences=[line.number], codes=best, gist=gist_of(line.text), sure=best[0] in sure)
        for line, found, sure, aside in zip(lines, noted, firm, asides, strict=True)
        if (best := _best(line.text, found, sure, codes)) and aside <= MOST_ASIDE
    ]
    return CodedInterviews(points=points, instructions=[line.number for line in lines if is_order(line.text)])


def gist_of(sentence: str) -> str:
    """Its first clauses, as said of "them"; cut inside one where that is too long."""
    words = third_person(sentence).rstrip(".").split()[:MOST_WORDS]
    ends = [
        place for place in range(FEWEST_WORDS, len(words)) if CLAUSE_END.search(f"{words[place - 1]} {words[place]}")
    ]
    return " ".join(words[: ends[-1]] if ends else words).rstrip(",;:–— ")


def _best(text: str, found: dict[str, float], sure: dict[str, float], codes: Sequence[str]) -> list[str]:
    """The likeliest code that may count, with a second one that is sure; none for orders and for what cannot be read
    alone."""
    if is_order(text) or len(text.split()) < FEWEST_WORDS:
        return []
    allowed = [code for code in found if code in codes and (code in HEARSAY_CODES or not is_reported(text))]
    ranked = sorted(allowed, key=lambda code: (-found[code], code))
    return ranked[:1] + [code for code in ranked[1:MOST_CODES] if code in sure]
