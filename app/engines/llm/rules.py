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
# A quote of more words is shown by the sentences nearest to the claim, up to so many words; for a long claim up to
# twice its own, because any part of it may be wrong.
MOST_WORDS = 30


class Cited(NamedTuple):
    """A claim and the quotes it cites, with their gists where a model coded them; k of n people are behind it."""

    text: str
    quotes: Sequence[str]
    k: int
    n: int
    sources: tuple[str, ...] = ()
    gists: Sequence[str] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What it is judged by: two claims that have it alike are one. “Most of them” may fit the part of a group."""
        return (self.text, str(self.k), str(self.n), *self.quotes)


class Rules:
    def __init__(self, checker: SupportChecker):
        self.checker = checker

    def fault(self, claim: Cited) -> bool:
        """Whether no judge may let it pass."""
        return gives_orders(claim.text) or retypes(claim.text) or self._by_quotes(claim).has(*HARD)

    def doubt(self, claim: Cited) -> bool:
        """Whether a judge has to look at it."""
        said = claim.gists or claim.quotes
        verdict = self.checker.check(claim.text, said)
        least = PARTLY if claim.gists else CARRIED
        says_little = len(set(content(claim.text))) < FEWEST_WORDS
        off = verdict.score < least or verdict.has(*SOFT) or polarity.unlike(claim.text, said)
        return says_little or off or self.fault(claim)

    def _by_quotes(self, claim: Cited) -> Verdict:
        return self.checker.check(claim.text, claim.quotes, claim.k, claim.n)


def nearest_part(claim: str, quotes: Sequence[str], embedder: Embedder, most: int) -> list[str]:
    """The `most` quotes nearest to the claim, long ones by the neighbouring sentences nearest to it."""
    parts = [_part(claim, quote, embedder) for quote in dict.fromkeys(quotes)]
    if len(parts) <= most:
        return parts
    nearness = embedder.encode(parts) @ embedder.encode([claim])[0]
    best = sorted(np.argsort(-nearness, kind="stable")[:most])
    return [parts[row] for row in best]


def _part(claim: str, quote: str, embedder: Embedder) -> str:
    spans = list(sentence_spans(quote, Span(start=0, end=len(quote))))
    most = max(MOST_WORDS, 2 * len(claim.split()))
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
