"""BM25 in memory: for small collections, and as a baseline to measure against.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the usual
k1 = 1.2 and b = 0.75, as SQLite's FTS5 has them. Words are compared in lower case, without stemming.
"""

from collections import Counter
from collections.abc import Sequence
from math import log

from retrieval.question import words_of

K1, B = 1.2, 0.75


class Bm25:
    """Scores a fixed list of texts against queries."""

    def __init__(self, texts: Sequence[str]):
        self.counts = [Counter(words_of(text)) for text in texts]
        self.lengths = [sum(count.values()) for count in self.counts]
        self.mean = (sum(self.lengths) / len(self.lengths) if self.lengths else 0.0) or 1.0
        self.holders = Counter(word for count in self.counts for word in count)

    def scores(self, query: str) -> list[float]:
        """One score for each text, 0 where it shares no word with the query."""
        weights = {word: self._rarity(word) for word in words_of(query) if word in self.holders}
        return [self._score(number, weights) for number in range(len(self.counts))]

    def _rarity(self, word: str) -> float:
        held = self.holders[word]
        return log(1 + (len(self.counts) - held + 0.5) / (held + 0.5))

    def _score(self, number: int, weights: dict[str, float]) -> float:
        count, size = self.counts[number], K1 * (1 - B + B * self.lengths[number] / self.mean)
        return sum(weight * count[word] * (K1 + 1) / (count[word] + size) for word, weight in weights.items())
