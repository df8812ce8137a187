"""Places: where planted words stand in the stored text, and how much of them a piece of evidence covers.

Planted words are exact substrings of a file's decoded speech; stored text may differ from that in white space, so
the product's own locator looks for them. Whoever a statement is credited to is looked for in that file alone.
"""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from evals.planted import Planted, Statement
from retrieval.evidence import Quote, Source, Span
from retrieval.quotes import MatchStatus, locate_in_source

# So much of the planted words must be covered.
HALF = 0.5
LOST = {
    MatchStatus.ABSENT: "not in the stored text",
    MatchStatus.OTHER_SPEAKER: "stored as the words of somebody else",
}


class Place(NamedTuple):
    """Spans of one source that hold the words, one for each turn they run over."""

    source_id: str
    pieces: tuple[Span, ...]

    def covered(self, quotes: Iterable[Quote]) -> float:
        """The share of the words' characters that stand in some of the quotes."""
        mine = [one for one in quotes if one.source_id == self.source_id]
        marked = {at for piece in self.pieces for one in mine for at in _shared(piece, one)}
        whole = sum(piece.end - piece.start for piece in self.pieces)
        return len(marked) / whole if whole else 0.0

    def touches(self, quote: Quote) -> bool:
        """Whether at least half of the shorter of the two lies in the other."""
        if quote.source_id != self.source_id:
            return False
        shared = sum(piece.overlap(quote) for piece in self.pieces)
        shorter = min(quote.end - quote.start, sum(piece.end - piece.start for piece in self.pieces))
        return shared > 0 and shared >= HALF * shorter


class Located(NamedTuple):
    """Every place where words stand (none: `lost` says why), and whom the product credits them to."""

    places: list[Place]
    participant_id: str | None = None
    lost: str = ""

    def best(self, quotes: Sequence[Quote]) -> tuple[Place | None, float]:
        """The place the quotes cover most, and how much of it."""
        shares = [(place, place.covered(quotes)) for place in self.places]
        return max(shares, key=lambda one: one[1], default=(None, 0.0))

    def touched_by(self, quote: Quote) -> bool:
        return quote.participant_id == self.participant_id and any(place.touches(quote) for place in self.places)


class Places:
    """The stored sources of a study, asked for planted words."""

    def __init__(self, sources: Sequence[Source], planted: Planted):
        self.sources, self.files = sources, planted.files
        self._known: dict[str, Located] = {}

    def of_statement(self, one: Statement) -> Located:
        """Where a statement stands in its participant's words."""
        if one.id not in self._known:
            self._known[one.id] = self.find(one.file, one.quote, one.participant)
        return self._known[one.id]

    def find(self, file: str, words: str, participant: str | None = None) -> Located:
        """Where words stand in a file; without a participant, in the speech of anybody but the interviewer."""
        source = self.source(file)
        if source is None:
            return Located([], lost="its file was not imported")
        who = self.id_in(source, participant) if participant else None
        if participant and who is None:
            return Located([], lost="the participant is not known in the file")
        match = locate_in_source(source, words, who)
        if match.status in LOST or match.span is None:
            return Located([], who, LOST.get(match.status, LOST[MatchStatus.ABSENT]))
        pieces = [match.pieces or (match.span,), *((span,) for span in match.also)]
        return Located([Place(source.id, one) for one in pieces], who)

    def source(self, file: str) -> Source | None:
        """The source of a planted file: by its name, else the only one whose last part is the same."""
        last = PurePosixPath(file).name
        same = [one for one in self.sources if one.name == file]
        alike = same or [one for one in self.sources if PurePosixPath(one.name).name == last]
        return alike[0] if len(alike) == 1 else None

    def id_in(self, source: Source, participant: str) -> str | None:
        """Whom the product takes a planted participant for: the same id, else the only person heard in the file."""
        heard = source.participant_ids
        return participant if participant in heard else heard[0] if len(set(heard)) == 1 else None

    def id_of(self, participant: str) -> str:
        """The product's id of a planted participant; the planted one where they were not heard."""
        source = self.source(self.files[participant]) if participant in self.files else None
        return (source and self.id_in(source, participant)) or participant


def _shared(piece: Span, quote: Quote) -> range:
    return range(max(piece.start, quote.start), min(piece.end, quote.end))
