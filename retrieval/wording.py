"""The words of a folded text, and the line they make: what two wordings are compared by.

Fillers (um, uh …) and remarks ([laughs], [12:21]) are blanked out, commas and quotation marks are
passed over, dashes and ellipses have one spelling; every word keeps its place in the text.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from retrieval.evidence import Span
from retrieval.folding import Folded, fold

# A number with its separators; a word with its apostrophes.
WORD = r"\d+(?:[.,]\d+)*\w*|\w+(?:'\w+)*"
TOKEN = re.compile(rf"{WORD}|\.{{3,}}|-+|[^\w\s,'-]")
SPELLING = {"…": "..."}
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
        found: list[str] = TOKEN.findall(self.cleared)
        return [token if token[0] not in "-.…" else _spelt(token) for token in found]

    @cached_property
    def line(self) -> str:
        """All tokens with one space around each."""
        return f" {' '.join(self.tokens)} " if self.tokens else " "

    @cached_property
    def words(self) -> list[str]:
        """The tokens that are words, marks left out."""
        return [token for token in self.tokens if is_word(token)]

    def span_on_line(self, start: int, end: int) -> Span:
        """The span of the text that `line[start:end]` came from; both ends stand on a space of the line."""
        first, last = self.line.count(" ", 0, start), self.line.count(" ", 0, end) - 1
        return self._span(first, last)

    def span_of_words(self, first: int, last: int) -> Span:
        """The span of the text from word `first` up to, not including, word `last`."""
        places = [number for number, token in enumerate(self.tokens) if is_word(token)]
        return self._span(places[first], places[last - 1])

    def _span(self, first: int, last: int) -> Span:
        places = [(found.start(), found.end()) for found in islice(TOKEN.finditer(self.cleared), last + 1)]
        return self.folded.origin(places[first][0], places[last][1])


def is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "_"


def _spelt(token: str) -> str:
    if token[0] == "-":
        return "-"
    return "..." if token[0] == "." and len(token) > 2 else SPELLING.get(token, token)
