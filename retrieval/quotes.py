"""Finding words in a text: for quotes that come from outside (audits, imported codings).

    exact          letter for letter
    normalised     the same words: case, white space, commas, typographic quotes and dashes, fillers,
                   remarks such as [laughs], and words left out under an ellipsis may differ
    near           nearly the same words (see `retrieval.likeness`); to be shown as near
    other_speaker  said, but by somebody else
    absent         not said

A changed content word, number or negation is never exact or normalised. Spans always slice the
original text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from retrieval.evidence import Noun, Role, Source, Span, Turn
from retrieval.likeness import NEGATION, nearest
from retrieval.wording import Wording, is_word

# What an ellipsis may hide: about three sentences.
MOST_SKIPPED = 300
# A negation this few words into the gap turns what was said round: "I would … buy it".
SHORT_GAP = 6
# With fewer words a quote with a gap in it would fit anywhere.
FEWEST_WORDS = 4
LONE_WORD = 4

ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.{3,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.{3,}|…)\s*")
QUOTE_MARKS = "\"'“”„‟‘’‚‛«»‹› \t\n"


class MatchStatus(StrEnum):
    EXACT = "exact"
    NORMALISED = "normalised"
    NEAR = "near"
    OTHER_SPEAKER = "other_speaker"
    ABSENT = "absent"


class Match(Noun):
    """Where a quote stands. `span` is None where it stands nowhere; `score` is the share of its words found there."""

    span: Span | None
    status: MatchStatus
    score: float


ABSENT = Match(span=None, status=MatchStatus.ABSENT, score=0.0)


@dataclass(frozen=True)
class Passage:
    """Text to search, which begins at `offset` of the source."""

    text: str
    offset: int = 0

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.text)

    def match(self, span: Span, status: MatchStatus, score: float = 1.0) -> Match:
        """A match at a span of this passage, as a span of the source."""
        return Match(span=Span(start=self.offset + span.start, end=self.offset + span.end), status=status, score=score)


def locate_quote(text: str, quote: str) -> Match:
    """Where `quote` stands in `text`. A blank quote is absent."""
    passages = [Passage(text)]
    return _same_words(passages, quote) or _nearly(passages, quote) or ABSENT


def locate_in_source(source: Source, quote: str, speaker: str | None = None) -> Match:
    """Where `quote` stands in the turns of `speaker` (a label or a participant id).

    Without `speaker`, in the turns of anybody but the interviewer. What only others said, the
    interviewer included, is `other_speaker`, with the span where they said it. A quote never runs
    over from one turn into the next.
    """
    own: list[Passage] = []
    others: list[Passage] = []
    for turn in source.turns:
        passage = Passage(turn.of(source.text), turn.start)
        (own if _speaks(source, turn, speaker) else others).append(passage)
    found = _same_words(own, quote) or _as_others(_same_words(others, quote))
    return found or _nearer(_nearly(own, quote), _as_others(_nearly(others, quote)))


def _speaks(source: Source, turn: Turn, speaker: str | None) -> bool:
    who = source.speaker(turn.speaker)
    if speaker is None:
        return who.role is not Role.INTERVIEWER
    return speaker.casefold() in (who.label.casefold(), (who.participant_id or "").casefold())


def _as_others(match: Match | None) -> Match | None:
    return match and match.model_copy(update={"status": MatchStatus.OTHER_SPEAKER})


def _nearer(own: Match | None, others: Match | None) -> Match:
    if own and others:
        return own if own.score >= others.score else others
    return own or others or ABSENT


def _same_words(passages: list[Passage], quote: str) -> Match | None:
    return _exact(passages, quote) or _normalised(passages, quote)


def _exact(passages: Iterable[Passage], quote: str) -> Match | None:
    """Letter for letter; where whole words stand, rather than inside longer ones."""
    inside: Match | None = None
    for wanted in dict.fromkeys((quote, quote.strip(), quote.strip(QUOTE_MARKS))):
        if not wanted.strip():
            continue
        whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        for passage in passages:
            start = passage.text.find(wanted)
            if start < 0:
                continue
            if found := whole.search(passage.text, max(0, start - 1)):
                return passage.match(Span(start=found.start(), end=found.end()), MatchStatus.EXACT)
            inside = inside or passage.match(Span(start=start, end=start + len(wanted)), MatchStatus.EXACT)
        if inside:
            return inside
    return None


def _normalised(passages: list[Passage], quote: str) -> Match | None:
    """The same words, in the same order, with the same full stops between them."""
    whole = _core(quote)
    pieces = [piece for piece in map(_core, ELLIPSIS.split(quote)) if piece]
    longest = max(" ".join(pieces).split(), key=len, default="")
    for passage in passages:
        # Most passages lack the quote's longest word and need no closer look.
        if not longest or longest not in passage.wording.folded.text:
            continue
        span = _find([whole], passage.wording) or (_find(pieces, passage.wording) if _long_enough(pieces) else None)
        if span:
            return passage.match(span, MatchStatus.NORMALISED)
    return None


def _core(quote: str) -> str:
    """The tokens of a quote as they stand on a line, without the marks at its ends; empty without a word."""
    tokens = Wording(quote).tokens
    worded = [number for number, token in enumerate(tokens) if is_word(token)]
    return f" {' '.join(tokens[worded[0] : worded[-1] + 1])} " if worded else ""


def _long_enough(pieces: list[str]) -> bool:
    words = [piece.split() for piece in pieces]
    enough = all(len(piece) > 1 or len(piece[0]) >= LONE_WORD for piece in words)
    return len(pieces) > 1 and enough and sum(map(len, words)) >= FEWEST_WORDS


def _find(pieces: list[str], wording: Wording) -> Span | None:
    """Where the pieces stand, one soon after the other; the first place where all of them do."""
    first, *rest = pieces
    start = wording.line.find(first)
    while start >= 0:
        end = _follow(rest, wording.line, start + len(first) - 1)
        if end:
            return wording.span_on_line(start, end)
        start = wording.line.find(first, start + 1)
    return None


def _follow(pieces: list[str], line: str, end: int) -> int | None:
    """Where the last of the pieces ends, each found soon after the one before; None where one is not."""
    for piece in pieces:
        start = line.find(piece, end, end + MOST_SKIPPED + len(piece))
        if start < 0 or _turns_round(line[end:start]):
            return None
        end = start + len(piece) - 1
    return end


def _turns_round(skipped: str) -> bool:
    words = [token for token in skipped.split() if is_word(token)]
    return len(words) <= SHORT_GAP and any(map(NEGATION.fullmatch, words))


def _nearly(passages: list[Passage], quote: str) -> Match | None:
    """The passage that comes nearest, where one is near enough."""
    wanted = Wording(quote).words
    best: Match | None = None
    for passage in passages if wanted else []:
        found = nearest(wanted, passage.wording.words)
        if found and found.near and (best is None or found.score > best.score):
            span = passage.wording.span_of_words(found.first, found.last)
            best = passage.match(span, MatchStatus.NEAR, min(found.score, 0.99))
    return best
