"""Rules: what can be told without a model about a claim and the quotes it cites.

Figures, names and quantifiers are held against the quotes themselves. Whether a claim is on its evidence at all, and
on its side, is asked of the gists where there are any: a claim and a gist are both a researcher's words, while a quote
says the same in words of its own. What is in doubt goes to the judge, who sees the quotes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.engines.llm.own_words import gives_orders, retypes
from app.support import polarity
from app.support.checker import SupportChecker
from app.support.verdict import CARRIED, PARTLY, FaultKind, Verdict
from app.support.words import content
from retrieval.embedder import Embedder
from retrieval.evidence import Span
from retrieval.splitting import sentence_spans

HARD = (FaultKind.NUMBER, FaultKind.NAME, FaultKind.QUANTIFIER)
SOFT = (FaultKind.NEGATION, FaultKind.OPPOSITE)
# Words of content; what has fewer (“They have what they need to do.”) stands in nearly any quote.
FEWEST_WORDS = 3


class Cited(NamedTuple):
    """A claim and the quotes it cites; k of n people are behind it. `gists` say in a researcher's words what the quotes
    say, where a model coded them; `label` is the name of the theme they are all of."""

    text: str
    quotes: Sequence[str]
    k: int
    n: int
    sources: tuple[str, ...] = ()
    gists: Sequence[str] = ()
    label: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What it is judged by: two claims that have it alike are one. “Most of them” may fit the part of a group."""
        return (self.text, str(self.k), str(self.n), *self.quotes)


class Shown(NamedTuple):
    """How much of a claim's evidence a judge is shown: so many quotes, and of a longer quote about so many words."""

    quotes: int
    words: int


class Rules:
    def __init__(self, checker: SupportChecker):
        self.checker = checker

    def fault(self, claim: Cited) -> bool:
        """Whether no judge may let it pass."""
        return gives_orders(claim.text) or retypes(claim.text) or self._by_quotes(claim).has(*HARD)

    def doubt(self, claim: Cited) -> bool:
        """Whether a judge has to look at it."""
        if self.fault(claim) or self._by_quotes(claim).has(*SOFT):
            return True
        if claim.label:
            return self._off(claim.text, [claim.label], CARRIED)
        if len(set(content(claim.text))) < FEWEST_WORDS:
            return True
        return (
            self._off(claim.text, claim.gists, PARTLY) if claim.gists else self._off(claim.text, claim.quotes, CARRIED)
        )

    def _off(self, claim: str, said: Sequence[str], least: float) -> bool:
        """Whether the claim has too little in common with what was said, or turns it round."""
        verdict = self.checker.check(claim, said)
        return verdict.score < least or verdict.has(*SOFT) or polarity.unlike(claim, said)

    def _by_quotes(self, claim: Cited) -> Verdict:
        return self.checker.check(claim.text, claim.quotes, claim.k, claim.n)


def nearest_part(claim: str, quotes: Sequence[str], embedder: Embedder, shown: Shown) -> list[str]:
    """The quotes nearest to the claim, long ones by the neighbouring sentences nearest to it."""
    parts = [_part(claim, quote, embedder, shown.words) for quote in dict.fromkeys(quotes)]
    if len(parts) <= shown.quotes:
        return parts
    nearness = embedder.encode(parts) @ embedder.encode([claim])[0]
    best = sorted(np.argsort(-nearness, kind="stable")[: shown.quotes])
    return [parts[row] for row in best]


def _part(claim: str, quote: str, embedder: Embedder, most: int) -> str:
    spans = list(sentence_spans(quote, Span(start=0, end=len(quote))))
    # Any part of a long claim may be wrong.
    most = max(most, 2 * len(claim.split()))
    if len(quote.split()) <= most or len(spans) < 2:
        return quote
    nearness = embedder.encode([span.of(quote) for span in spans]) @ embedder.encode([claim])[0]
    first = last = int(nearness.argmax())
    while _words(quote, spans[first], spans[last]) < most and (first > 0 or last < len(spans) - 1):
        before = nearness[first - 1] if first > 0 else -np.inf
        after = nearness[last + 1] if last < len(spans) - 1 else -np.inf
        first, last = (first - 1, last) if before > after else (first, last + 1)
    return quote[spans[first].start : spans[last].end]


def _words(quote: str, first: Span, last: Span) -> int:
    return len(quote[first.start : last.end].split())
