"""Marks in a transcript: overlapping quotes cut into stretches that do not overlap.

HTML elements cannot overlap, quotes can. So a turn is cut wherever a quote begins or ends; each stretch knows
the quotes that begin with it (their anchors) and the colours of those that cover it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.playbook.figures import Piece
from app.playbook.words import family
from retrieval.evidence import Span

BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quote in a source: where it stands, what it is evidence of, its anchor where it has one, and whether it is
    cited by a claim."""

    start: int
    end: int
    code: str
    anchor: str = ""
    cited: bool = False


def pieces(text: str, turn: Span, marks: Iterable[Mark]) -> list[Piece]:
    """The turn as stretches: their texts joined are the turn, and every anchor of a quote that touches it stands once.

    `text` is the whole source; `turn` and `marks` are spans in it.
    """
    inside = [mark for mark in marks if mark.start < turn.end and mark.end > turn.start and mark.start < mark.end]
    edges = {turn.start, turn.end} | {min(max(edge, turn.start), turn.end) for m in inside for edge in (m.start, m.end)}
    cuts = sorted(edges)
    return [piece(text, turn, start, end, inside) for start, end in pairwise(cuts)]


def piece(text: str, turn: Span, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    """One stretch. Cited quotes lend their colour first; a second colour is a second line."""
    over = sorted((m for m in marks if m.start < end and m.end > start), key=lambda mark: not mark.cited)
    begins = [m.anchor for m in over if m.anchor and max(m.start, turn.start) == start]
    hues = list(dict.fromkeys(family(mark.code) for mark in over))
    return Piece(
        text=text[start:end],
        anchors=tuple(dict.fromkeys(begins)),
        family=hues[0] if hues else None,
        second=hues[1] if len(hues) > 1 else None,
        cited=any(mark.cited for mark in over),
        start=start,
    )


def paragraphs(stretches: Iterable[Piece]) -> list[list[Piece]]:
    """Stretches grouped at blank lines. One that runs over two paragraphs is cut; its anchors stay with the first."""
    found: list[list[Piece]] = [[]]
    for stretch in stretches:
        first, *later = _parts(stretch)
        found[-1].append(first)
        found += [[replace(part, anchors=())] for part in later]
    return [paragraph for paragraph in found if any(part.text.strip() or part.anchors for part in paragraph)]


def _parts(stretch: Piece) -> Iterator[Piece]:
    """The stretch without its blank lines, each part with its place."""
    begin = 0
    for blank in BLANK_LINE.finditer(stretch.text):
        yield replace(stretch, text=stretch.text[begin : blank.start()], start=stretch.start + begin)
        begin = blank.end()
    yield replace(stretch, text=stretch.text[begin:], start=stretch.start + begin)
