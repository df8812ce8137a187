"""Stretches: a source cut into runs of talk, everybody's words in it. An excerpt is understood by them.

A stretch holds up to 4 turns and about 100 words; long turns are cut where excerpts end, so that an excerpt
stands in one stretch. The context of an excerpt is its stretch and the nearer neighbour: up to 8 turns.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from retrieval.evidence import Noun, Role, Source, Span

MOST_TURNS = 4
# Two of them fit into what MiniLM reads in one piece.
MOST_WORDS = 100


class Piece(Span):
    """Neighbouring sentences of the turn `turn`."""

    turn: int


class Stretch(Noun):
    """Neighbouring pieces; they may be of several turns."""

    pieces: tuple[Piece, ...]

    @property
    def span(self) -> Span:
        return Span(start=self.pieces[0].start, end=self.pieces[-1].end)

    def text(self, source: Source) -> str:
        """What was said, each turn on a line with who said it. A note's author goes unnamed."""
        turns = groupby(self.pieces, key=lambda piece: piece.turn)
        return "\n".join(_line(source, turn, list(pieces)) for turn, pieces in turns)


def make_stretches(text: str, pieces: Iterable[Piece]) -> list[Stretch]:
    """Stretches of all `pieces` of a source, in order; `text` is the source's."""
    return [Stretch(pieces=tuple(run)) for run in _runs(text, pieces)]


def _runs(text: str, pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    run: list[Piece] = []
    words = 0
    for piece in pieces:
        more = len(piece.of(text).split())
        turns = {one.turn for one in run} | {piece.turn}
        if run and (len(turns) > MOST_TURNS or words + more > MOST_WORDS):
            yield run
            run, words = [], 0
        run.append(piece)
        words += more
    if run:
        yield run


def context_of(span: Span, stretches: Sequence[Stretch]) -> Span:
    """The talk around an excerpt at `span`."""
    first, last = surrounding(span, stretches)
    return Span(start=stretches[first].span.start, end=stretches[last].span.end)


def surrounding(span: Span, stretches: Sequence[Stretch]) -> tuple[int, int]:
    """First and last number of the stretches around `span`: its own, and the neighbour on the side it is nearer to.

    At the ends of a source the only neighbour there is; of a single stretch, that one twice.
    """
    here = bisect_right(stretches, span.start, key=lambda stretch: stretch.span.start) - 1
    own = stretches[here].span
    step = -1 if span.start + span.end < own.start + own.end else 1
    beside = next((one for one in (here + step, here - step) if 0 <= one < len(stretches)), here)
    return min(here, beside), max(here, beside)


def _line(source: Source, turn: int, pieces: list[Piece]) -> str:
    words = " ".join(piece.of(source.text) for piece in pieces)
    speaker = source.speaker(source.turns[turn].speaker)
    return words if speaker.role is Role.AUTHOR else f"{speaker.label}: {words}"
