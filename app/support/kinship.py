"""Kinship: words that speak of one subject without being the same (“finance director”, “holds the purse”).

The families are data (`data/kinship.yaml`). A word of a claim counts in full where a text has it, and for less where
the text only has its kin.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log
from pathlib import Path

import yaml

from app import DATA
from app.support.words import is_content, stem, tokens

# What a word of the same family counts beside the word itself.
KIN_COUNTS = 0.8


@cache
def load_families(path: Path = DATA / "kinship.yaml") -> dict[str, frozenset[str]]:
    """The families each stem belongs to."""
    found: dict[str, set[str]] = {}
    for family, words in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for word in words.split():
            found.setdefault(stem(word), set()).add(family)
    return {word: frozenset(families) for word, families in found.items()}


def telling(text: str) -> frozenset[str]:
    """The stems that tell what a text is about: content, and whatever else has kin."""
    families = load_families()
    return frozenset(one for word in tokens(text) if (one := stem(word)) in families or is_content(word))


def families_of(words: frozenset[str]) -> frozenset[str]:
    known = load_families()
    return frozenset(family for word in words for family in known.get(word, ()))


class Kindred:
    """Texts by their telling words and the families of these, with how rare each is among them."""

    def __init__(self, texts: Sequence[str]):
        self.words = [telling(text) for text in texts]
        self.families = [families_of(words) for words in self.words]
        self._holders = Counter(word for words in self.words for word in words)
        self._holders.update(f"{family}:" for families in self.families for family in families)

    def weight(self, word: str) -> float:
        return log(1 + (len(self.words) + 1) / (self._holders[word] + 0.5))

    def shares(self, claim: str) -> list[float]:
        """For each text, the share of the claim's content it speaks of, weighed by rarity."""
        wanted = telling(claim)
        total = sum(map(self.weight, wanted)) or 1.0
        return [
            sum(self._held(word, words, families) for word in wanted) / total
            for words, families in zip(self.words, self.families, strict=True)
        ]

    def strange(self, claim: str) -> float:
        """The share of the claim's words that nobody used, nor any of their kin."""
        wanted, known = telling(claim), load_families()
        return sum(word not in self._holders and word not in known for word in wanted) / max(len(wanted), 1)

    def _held(self, word: str, words: frozenset[str], families: frozenset[str]) -> float:
        if word in words:
            return self.weight(word)
        kin = load_families().get(word, frozenset()) & families
        if not kin:
            return 0.0
        return KIN_COUNTS * min(self.weight(word), max(self.weight(f"{family}:") for family in kin))
