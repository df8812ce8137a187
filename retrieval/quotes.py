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
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice

from retrieval.evidence import Noun, Role, Source, Span, Speaker
from retrieval.likeness import NEGATION, nearest
from retrieval.passages import Passage, voices, whole
from retrieval.wording import BARRIER, Wording, is_word

# What an ellipsis may hide: about three sentences.
MOST_SKIPPED = 300
# A negation this few words into the gap turns what was said round: "I would … buy it".
SHORT_GAP = 6
# With fewer words a quote with a gap in it would fit anywhere.
FEWEST_WORDS = 4
LONE_WORD = 4
# Of words that stand in many places, as "yes" does, so many are told.
MOST_PLACES = 10

ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.{3,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.{3,}|…)\s*")
QUOTE_MARKS = "\"'“”„‟‘’‚‛«»‹› \t\n"


class MatchStatus(StrEnum):
    EXACT = "exact"
    NORMALISED = "normalised"
    NEAR = "near"
    OTHER_SPEAKER = "other_speaker"
    ABSENT = "absent"


class Match(Noun):
    """Where a quote stands. `span` is None where it stands nowhere; `score` is the share of its words found there.

    A quote that runs over several turns of one speaker has one of `pieces` in each, and only they are that
    speaker's words; `span` reaches from the first to the last. `also` are the next places where the same words
    stand, up to nine.
    """

    span: Span | None
    status: MatchStatus
    score: float
    pieces: tuple[Span, ...] = ()
    also: tuple[Span, ...] = ()


ABSENT = Match(span=None, status=MatchStatus.ABSENT, score=0.0)


def locate_quote(text: str, quote: str) -> Match:
    """Where `quote` stands in `text`. A blank quote is absent."""
    passages = [whole(text)]
    return _same_words(passages, quote) or _nearly(passages, quote) or ABSENT


def locate_in_source(source: Source, quote: str, speaker: str | None = None) -> Match:
    """Where `quote` stands in the speech of `speaker` (a label or a participant id).

    Without `speaker`, in the speech of anybody but the interviewer. What only others said, the
    interviewer included, is `other_speaker`, with the span where they said it. A quote may run over
    several turns of one speaker where others only said “mm-hm” between; never from one speaker to the next.
    """
    quote = quote.replace(BARRIER, " ")
    own: list[Passage] = []
    others: list[Passage] = []
    for label, voice in voices(source).items():
        (own if _speaks(source.speaker(label), speaker) else others).append(voice)
    found = _same_words(own, quote) or _as_others(_same_words(others, quote))
    return found or _nearer(_nearly(own, quote), _as_others(_nearly(others, quote)))


def _speaks(who: Speaker, wanted: str | None) -> bool:
    if wanted is None:
        return who.role is not Role.INTERVIEWER
    return wanted.casefold() in (who.label.casefold(), (who.participant_id or "").casefold())


def _as_others(match: Match | None) -> Match | None:
    return match and match.model_copy(update={"status": MatchStatus.OTHER_SPEAKER})


def _nearer(own: Match | None, others: Match | None) -> Match:
    if own and others:
        return own if own.score >= others.score else others
    return own or others or ABSENT


def _match(passage: Passage, span: Span, status: MatchStatus, score: float = 1.0) -> Match:
    """A match at a span of the passage, as spans of the source."""
    pieces = tuple(passage.spans(span))
    if len(pieces) > 1 and status is MatchStatus.EXACT:
        status = MatchStatus.NORMALISED
    return Match(span=Span(start=pieces[0].start, end=pieces[-1].end), status=status, score=score, pieces=pieces)


def _first(matches: Iterator[Match]) -> Match | None:
    """The first of some matches, told of the others."""
    found = list(islice(matches, MOST_PLACES))
    also = tuple(match.span for match in found[1:] if match.span)
    return found[0].model_copy(update={"also": also}) if found else None


def _same_words(passages: list[Passage], quote: str) -> Match | None:
    return _exact(passages, quote) or _first(_normalised(passages, quote))


def _exact(passages: list[Passage], quote: str) -> Match | None:
    """Letter for letter; where whole words stand, rather than inside longer ones."""
    for wanted in dict.fromkeys((quote, quote.strip(), quote.strip(QUOTE_MARKS))):
        if wanted.strip():
            found = _first(_written(passages, wanted, whole_words=True)) or _first(_written(passages, wanted))
            if found:
                return found
    return None


def _written(passages: list[Passage], wanted: str, whole_words: bool = False) -> Iterator[Match]:
    for passage in passages:
        start = passage.text.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if not (whole_words and _cuts_a_word(passage.text, start, end)):
                yield _match(passage, Span(start=start, end=end), MatchStatus.EXACT)
            start = passage.text.find(wanted, start + 1)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and is_word(text[start - 1])) or (end < len(text) and is_word(text[end]))


def _normalised(passages: list[Passage], quote: str) -> Iterator[Match]:
    """The same words, in the same order, with the same full stops between them."""
    unbroken = _core(quote)
    pieces = [piece for piece in map(_core, ELLIPSIS.split(quote)) if piece]
    for passage in passages if unbroken else []:
        yield from _standing([unbroken], passage)
    for passage in passages if _long_enough(pieces) else []:
        yield from _standing(pieces, passage)


def _core(quote: str) -> str:
    """The tokens of a quote as they stand on a line, without the marks at its ends; empty without a word."""
    tokens = Wording(quote).tokens
    worded = [number for number, token in enumerate(tokens) if is_word(token)]
    return f" {' '.join(tokens[worded[0] : worded[-1] + 1])} " if worded else ""


def _long_enough(pieces: list[str]) -> bool:
    words = [piece.split() for piece in pieces]
    enough = all(len(piece) > 1 or len(piece[0]) >= LONE_WORD for piece in words)
    return len(pieces) > 1 and enough and sum(map(len, words)) >= FEWEST_WORDS


def _standing(pieces: list[str], passage: Passage) -> Iterator[Match]:
    """Where the pieces stand, one soon after the other."""
    first, *rest = pieces
    line = passage.wording.line
    start = line.find(first)
    while start >= 0:
        end = _follow(rest, line, start + len(first) - 1)
        if end:
            yield _match(passage, passage.wording.span_on_line(start, end), MatchStatus.NORMALISED)
        start = line.find(first, start + 1)


def _follow(pieces: list[str], line: str, end: int) -> int | None:
    """Where the last of the pieces ends, each found soon after the one before; None where one is not."""
    for piece in pieces:
        start = line.find(piece, end, end + MOST_SKIPPED + len(piece))
        if start < 0 or BARRIER in line[end:start] or _turns_round(line[end:start]):
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
        found = nearest(wanted, passage.concordance)
        if found and (best is None or found.score > best.score):
            span = passage.wording.span_of_words(found.first, found.last)
            best = _match(passage, span, MatchStatus.NEAR, min(found.score, 0.99))
    return best
