"""Offsets: how a tool counts the characters of a plain text, found out and undone.

The standard counts characters of the text file. Tools differ in what a line end is (one character, two, or as
many as stand in the file), in characters beyond U+FFFF (one, or two units of UTF-16), and in a byte order mark
at the beginning. Nothing in a file says so. One tool wrote all of it, so that all its selections together tell:
the right way of counting lets them end within the text, stand on their names, and begin and end between words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import product
from typing import NamedTuple

MARK = "\ufeff"
LINE_END = re.compile(r"\r\n|\r|\n")
ODD = re.compile(r"\r\n|\r|\n|[\U00010000-\U0010ffff]")
# A name this short stands in many places.
TELLING = 4
# For white space that a name does not repeat.
LEEWAY = 80
ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")


class LineEnd(StrEnum):
    """What a tool takes a line end for."""

    WRITTEN = "as written"
    ONE = "one character"
    TWO = "two characters"


@dataclass(frozen=True)
class Counting:
    """A way of counting. `utf16`: units of UTF-16 in the place of code points; `mark`: a byte order mark counts."""

    line_end: LineEnd = LineEnd.WRITTEN
    utf16: bool = False
    mark: bool = False

    def __str__(self) -> str:
        units = "UTF-16 units" if self.utf16 else "code points"
        return f"{units}, line ends {self.line_end}{', the byte order mark too' if self.mark else ''}"


# The plainest first: where several fit alike, the first is meant.
WAYS = tuple(
    Counting(line_end, utf16, mark) for mark, utf16, line_end in product((False, True), (False, True), LineEnd)
)


class Selected(NamedTuple):
    """A selection as a file gives it."""

    start: int
    end: int
    name: str = ""


class Ruler:
    """One text under one way of counting. `written` is the text as its file has it; stored is the same with "\\n" for
    every line end and without a byte order mark."""

    def __init__(self, written: str, way: Counting):
        self._lead = int(way.mark and written.startswith(MARK))
        text = written.removeprefix(MARK)
        # Places of characters that count for more than one in the stored text, and what they count for beyond it.
        self._at: list[int] = []
        self._extra: list[int] = []
        shrunk = total = 0
        for found in ODD.finditer(text):
            more = _width(found[0], way) - 1
            if more:
                self._at.append(found.start() - shrunk)
                total += more
                self._extra.append(total)
            shrunk += len(found[0]) - 1
        self._length = len(text) - shrunk

    @property
    def length(self) -> int:
        """Of the text, as the tool counts it."""
        return self._lead + self._length + (self._extra[-1] if self._extra else 0)

    def counted(self, stored: int) -> int:
        """What the tool calls the place before the stored character `stored`."""
        before = bisect_left(self._at, stored)
        return self._lead + stored + (self._extra[before - 1] if before else 0)

    def stored(self, counted: int) -> int | None:
        """The place in the stored text; None where the text ends before. A place inside a character is after it."""
        if not 0 <= counted <= self.length:
            return None
        place = counted - self._lead
        before = bisect_left(self._counted_at, place)
        if not before:
            return max(place, 0)
        return max(self._at[before - 1] + 1, place - self._extra[before - 1])

    @cached_property
    def _counted_at(self) -> list[int]:
        """What the tool counts before each character that counts for more."""
        return [at + extra for at, extra in zip(self._at, [0, *self._extra], strict=False)]


class Score(NamedTuple):
    """How well a way of counting fits: higher is better, the first figure before the second."""

    within: int
    named: int
    between_words: int


def find_way(texts: Sequence[tuple[str, str, Sequence[Selected]]], prefer: Counting | None = None) -> Counting:
    """The way in which a project's selections were counted; `texts` are (as written, as stored, selections).

    `prefer` goes before the plainest where several fit alike: what is known of the tool.
    """
    ways = [prefer, *(one for one in WAYS if one != prefer)] if prefer else list(WAYS)
    scored = [(_score(texts, way), -number) for number, way in enumerate(ways)]
    return ways[-max(scored)[1]]


def line_ends_stored(written: str) -> str:
    """The text as it is stored: "\\n" for every line end, no byte order mark."""
    return LINE_END.sub("\n", written.removeprefix(MARK))


def _width(sign: str, way: Counting) -> int:
    """What a line end, or a character beyond U+FFFF, counts for."""
    if sign[0] not in "\r\n":
        return 2 if way.utf16 else 1
    return {LineEnd.WRITTEN: len(sign), LineEnd.ONE: 1, LineEnd.TWO: 2}[way.line_end]


def _score(texts: Iterable[tuple[str, str, Sequence[Selected]]], way: Counting) -> Score:
    within = named = between = 0
    for written, stored, selections in texts:
        ruler = Ruler(written, way)
        for one in selections:
            start, end = ruler.stored(one.start), ruler.stored(one.end)
            if start is None or end is None or start > end:
                continue
            within += 1
            # No more of the words than a name can tell: somebody may have marked a whole book.
            named += _stands_on(one.name, stored[start : min(end, start + 2 * len(one.name) + LEEWAY)])
            between += _between_words(stored, start) + _between_words(stored, end)
    return Score(within, named, between)


def _stands_on(name: str, words: str) -> bool:
    """Whether a selection's name is how its words begin; tools name selections so, and cut what is long."""
    wanted = " ".join(ELLIPSIS.sub("", name).split())
    return len(wanted) >= TELLING and " ".join(words.split()).startswith(wanted) and not words[:1].isspace()


def _between_words(text: str, place: int) -> bool:
    """Whether no word runs across the place."""
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())
