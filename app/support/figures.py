"""Figures in a text, whether written in digits or in words, and which of a claim's the evidence does not hold.

“1,400”, “fourteen hundred” and “1.4 thousand” are one figure; “20 %” and “20 euros” are two. A year may be said
short (“ninety-eight”). “One” is seldom a count and is passed over.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

UNIT_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TEN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS = {word: value for value, word in enumerate(UNIT_WORDS)}
TENS = {word: 10 * value for value, word in enumerate(TEN_WORDS, start=2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SHORT_SCALES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
WHOLES = {"dozen": 12.0, "once": 1.0, "twice": 2.0, "thrice": 3.0}
PIECE = re.compile(r"(\d+(?:[.,]\d+)*)(?:(k|m|bn)\b)?|([a-z]+)|(%)", re.IGNORECASE)
PERCENT = re.compile(r"\s*(?:%|per ?cent\b|percent(?:age)?\b)", re.IGNORECASE)
CENTURIES = range(1900, 2100)
FIRST_TEEN = 10
COUNT_NEXT = re.compile(rf"\s+(?:{'|'.join([*UNITS, *TENS])})\b", re.IGNORECASE)


class Figure(NamedTuple):
    """`written` is how it stands in the text."""

    value: float
    percent: bool
    written: str

    def same_as(self, other: "Figure") -> bool:
        if self.percent and not other.percent:
            return False
        return self.value == other.value or _short_year(self.value) == other.value

    def alike(self, other: "Figure") -> bool:
        """The same number of something else: “20 %” and “20 euros”."""
        return self.value == other.value


def _short_year(value: float) -> float | None:
    return value % 100 if value in CENTURIES else None


def figures(text: str) -> list[Figure]:
    """All figures of the text but a lone “one”, in their order."""
    found = list(_read(text.replace("-", " ").replace("–", " ")))
    return [one for one in found if not (one.value == 1 and one.written.lower() in ("one", "once"))]


def missing(claim: str, evidence: Sequence[str]) -> tuple[list[Figure], list[Figure]]:
    """Figures of the claim that no evidence holds; and those of them that it holds of something else."""
    known = [one for text in evidence for one in figures(text)]
    lost = [one for one in figures(claim) if not any(one.same_as(other) for other in known)]
    return lost, [one for one in lost if any(one.alike(other) for other in known)]


def _read(text: str) -> Iterator[Figure]:
    run: list[re.Match[str]] = []
    for piece in PIECE.finditer(text):
        if run and not _goes_on(run, piece, text):
            yield _figure(run, text)
            run = []
        if _counts(piece) or (run and piece[0].lower() == "and"):
            run.append(piece)
    if run:
        yield _figure(run, text)


def _counts(piece: re.Match[str]) -> bool:
    word = (piece[3] or "").lower()
    return bool(piece[1]) or word in UNITS or word in TENS or word in SCALES or word in WHOLES


def _goes_on(run: list[re.Match[str]], piece: re.Match[str], text: str) -> bool:
    """Whether the piece belongs to the figure begun: next to it, and part of one number."""
    word = piece[0].lower()
    last = run[-1][0].lower()
    if text[run[-1].end() : piece.start()].strip():
        return False
    if word in SCALES:
        return last != "and"
    if word == "and":
        return last in SCALES and bool(COUNT_NEXT.match(text, piece.end()))
    if piece[1] or run[-1][1] or not _counts(piece):
        return False
    return last in SCALES or last == "and" or last in TENS


def _figure(run: list[re.Match[str]], text: str) -> Figure:
    while run[-1][0].lower() == "and":
        run.pop()
    written = text[run[0].start() : run[-1].end()]
    return Figure(_value(run), bool(PERCENT.match(text, run[-1].end())), written)


def _value(run: list[re.Match[str]]) -> float:
    total, part = 0.0, 0.0
    for piece in run:
        word = piece[0].lower()
        if piece[1]:
            part += float(piece[1].replace(",", "")) if piece[1].count(".") < 2 else 0.0
            part *= SHORT_SCALES.get((piece[2] or "").lower(), 1)
        elif word in SCALES:
            part = (part or 1) * SCALES[word]
            if SCALES[word] > SCALES["hundred"]:
                total, part = total + part, 0.0
        elif word != "and":
            part = _joined(part, word)
    return total + part


def _joined(part: float, word: str) -> float:
    """“twenty nineteen” is a year, “twenty nine” a number."""
    value = UNITS.get(word, TENS.get(word, WHOLES.get(word, 0.0)))
    return part * 100 + value if part in (19, 20) and value >= FIRST_TEEN else part + value
