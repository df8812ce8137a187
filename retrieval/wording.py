"""The words of a folded text, and the line they make: what two wordings are compared by.

Fillers (um, uh …) and remarks ([laughs], [12:21]) are blanked out, commas and quotation marks are
passed over, dashes and ellipses have one spelling; every word keeps its place in the text. Scripts
that put no spaces between words (Chinese, Japanese, Thai …) are read character by character.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from retrieval.evidence import Span
from retrieval.folding import Folded, Places, fold, marks

# Stands between two stretches of speech that were not said in one go; no quote runs over it.
# A code point that Unicode promises never to give to a character.
BARRIER = "\uffff"
# Kana, Han, Thai, Lao, Myanmar, Khmer.
UNSPACED = (
    "\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0002fa1f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
MARK = r"\.{3,}|-+|[^\w\s,'-]"
# A number with its separators; a word with its apostrophes.
SPACED_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*\w*|\w+(?:'\w+)*|{MARK}")
SPELLING = {"…": "...", "⋯": "..."}
FILLER = r"(?:u+m+|u+h+|uhm|er+m?|a+h+|eh+|h+m+|m+h*m+)"
REMARK = (
    r"\\?[\[(](?:laugh|chuckl|sigh|paus|inaudible|unintelligible|crosstalk|cough|silence|\d+:\d)[^\])\n]{0,24}[\])]"
)
# The look ahead is for speed: most words do not begin like a filler.
ASIDE = re.compile(rf"(?=[uaehm\\[(])(?:\b{FILLER}\b(?!')(?:\s*,)?(?:\s*(?:\.{{3}}|[.…]|-+))?|{REMARK})")


@dataclass(frozen=True)
class Wording:
    """A text and its words."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def cleared(self) -> str:
        """The folded text with blanks in the place of fillers and remarks."""
        return ASIDE.sub(lambda aside: " " * len(aside.group()), self.folded.text)

    @cached_property
    def tokens(self) -> list[str]:
        """Words and marks, in one spelling."""
        found: list[str] = self._pattern.findall(self.cleared)
        return [token if token[0] not in "-.…⋯" else _spelt(token) for token in found]

    @cached_property
    def line(self) -> str:
        """All tokens with one space around each."""
        return f" {' '.join(self.tokens)} " if self.tokens else " "

    @cached_property
    def words(self) -> list[str]:
        """The tokens that are words, and barriers; other marks left out."""
        return [self.tokens[place] for place in self._word_places]

    def span_on_line(self, start: int, end: int) -> Span:
        """The span of the text that `line[start:end]` came from; both ends stand on a space of the line."""
        first, behind = np.searchsorted(self._spaces, (start, end))
        return self._span(int(first), int(behind) - 1)

    def span_of_words(self, first: int, last: int) -> Span:
        """The span of the text from word `first` up to, not including, word `last`."""
        return self._span(self._word_places[first], self._word_places[last - 1])

    def _span(self, first: int, last: int) -> Span:
        starts, ends = self._places
        return self.folded.origin(int(starts[first]), int(ends[last]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        plain = self.cleared.isascii() or not _unspaced_or_marked().search(self.cleared)
        return SPACED_TOKEN if plain else any_token()

    @cached_property
    def _spaces(self) -> Places:
        """Where the spaces of the line stand: one before each token, one at the end."""
        return np.cumsum([0, *(len(token) + 1 for token in self.tokens)], dtype=np.int32)

    @cached_property
    def _places(self) -> tuple[Places, Places]:
        """Where each token begins and ends in the folded text."""
        places = [found.span() for found in self._pattern.finditer(self.cleared)]
        starts, ends = np.array(places, dtype=np.int32).T
        return starts, ends

    @cached_property
    def _word_places(self) -> list[int]:
        return [place for place, token in enumerate(self.tokens) if is_word(token) or token == BARRIER]


def is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "_"


@lru_cache(maxsize=1)
def any_token() -> re.Pattern[str]:
    """`SPACED_TOKEN` for every script: slower, so only for texts that need it."""
    letter = rf"(?:[^\W{UNSPACED}]|[{marks()}])"
    unspaced = rf"[{UNSPACED}][{marks()}]*"
    return re.compile(rf"{unspaced}|\d+(?:[.,]\d+)*{letter}*|[^\W{UNSPACED}]{letter}*(?:'{letter}+)*|{MARK}")


@lru_cache(maxsize=1)
def _unspaced_or_marked() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}{marks()}]")


def _spelt(token: str) -> str:
    if token[0] == "-":
        return "-"
    return "..." if token[0] == "." and len(token) > 2 else SPELLING.get(token, token)
