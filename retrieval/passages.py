"""Passages: text prepared once for many quotes to be looked up in it.

A passage is what one speaker said: their turns one after the other. Turns that belong together, with
nothing between them but another's “mm-hm”, run on; between others stands a barrier that no quote
runs over. Every span of a passage leads back to the source, turn by turn.
"""

import weakref
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from retrieval.concordance import Concordance
from retrieval.evidence import Source, Span, Turn
from retrieval.wording import BARRIER, Wording, is_word

JOIN = "\n"
BREAK = f"\n{BARRIER}\n"
# What a listener says to show that they listen; it interrupts nobody.
BACKCHANNEL = frozenset({
    "absolutely", "ah", "aha", "alright", "and", "cool", "definitely", "exactly", "go", "good", "got", "great", "ha",
    "haha", "huh", "i", "indeed", "interesting", "it", "makes", "mhm", "mm", "nice", "of", "oh", "ok", "okay", "on",
    "right", "see", "sense", "sure", "that", "then", "totally", "true", "understand", "understood", "wow", "yeah",
    "yep", "yes", "yup",
})  # fmt: skip
MOST_BACKCHANNEL = 4

_voices: dict[int, dict[str, "Passage"]] = {}


@dataclass(frozen=True)
class Passage:
    """`text` is made of pieces: the piece that begins at `begins[i]` stands at `turns[i]` in the source."""

    text: str
    begins: tuple[int, ...]
    turns: tuple[Span, ...]

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.text)

    @cached_property
    def concordance(self) -> Concordance:
        return Concordance(self.wording.words)

    def spans(self, span: Span) -> list[Span]:
        """Where a span of this passage stands in the source: one span for each turn it runs over."""
        found: list[Span] = []
        piece = bisect_right(self.begins, span.start) - 1
        while piece < len(self.begins) and self.begins[piece] < span.end:
            turn, begin = self.turns[piece], self.begins[piece]
            start = turn.start + max(0, span.start - begin)
            end = min(turn.end, turn.start + span.end - begin)
            if start < end:
                found.append(Span(start=start, end=end))
            piece += 1
        return found


# Few: a text that quotes are looked up in one after the other is made ready once, and not kept for long.
@lru_cache(maxsize=4)
def whole(text: str) -> Passage:
    """A text of which nothing is known but its words."""
    return Passage(text, (0,), (Span(start=0, end=len(text)),))


def voices(source: Source) -> dict[str, Passage]:
    """What each speaker of the source said, by label; made once, and forgotten with the source."""
    key = id(source)
    if key not in _voices:
        _voices[key] = {speaker.label: _voice(source, speaker.label) for speaker in source.speakers}
        weakref.finalize(source, _voices.pop, key, None)
    return _voices[key]


def _voice(source: Source, label: str) -> Passage:
    pieces: list[str] = []
    begins: list[int] = []
    turns = [turn for turn in source.turns if turn.speaker == label]
    place = 0
    for before, turn in zip([None, *turns], turns, strict=False):
        if before is not None:
            pieces.append(JOIN if _runs_on(source, before, turn) else BREAK)
            place += len(pieces[-1])
        begins.append(place)
        pieces.append(turn.of(source.text).replace(BARRIER, " "))
        place += len(pieces[-1])
    return Passage("".join(pieces), tuple(begins), tuple(turns))


def _runs_on(source: Source, before: Turn, after: Turn) -> bool:
    """Whether nobody said anything of weight between two turns of one speaker."""
    return all(_is_backchannel(turn.of(source.text)) for turn in source.turns[before.index + 1 : after.index])


def _is_backchannel(speech: str) -> bool:
    if len(speech) > 10 * MOST_BACKCHANNEL:
        return False
    words = [part for token in Wording(speech).tokens if is_word(token) for part in token.split("'")]
    return len(words) <= MOST_BACKCHANNEL and BACKCHANNEL.issuperset(words)
