"""Packing: interviews as numbered lines, several in one prompt, each read once.

Only participants' sentences get a number, so nothing else can be cited; the interviewer's turns are there to be
understood. Numbers run through the whole prompt. Short sentences share a line and a number: a number costs as much as
two words, and "No. Never." is no evidence without what follows.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import NamedTuple

from app.engines.base import Interview
from app.engines.llm.budget import CHARACTERS_PER_TOKEN
from app.engines.llm.contexts import InterviewLines, Line
from retrieval.evidence import Role, Sentence, Source, Span

# What a line costs beside its text: its number and the end of the line.
LINE_TOKENS = 2
# A line of fewer words is filled up with the next sentence of its turn.
FEWEST_WORDS = 8
# So many words of an interviewer ask nothing.
MOST_NODS = 3


class Spoken(NamedTuple):
    """A numbered line of a participant: sentences of one turn, and their place among the lines of the source."""

    source: Source
    sentences: tuple[Sentence, ...]
    participant_id: str
    place: int

    @property
    def turn(self) -> int:
        return self.sentences[0].turn

    @property
    def span(self) -> Span:
        return Span(start=self.sentences[0].start, end=self.sentences[-1].end)

    @property
    def text(self) -> str:
        return self.span.of(self.source.text)


class Heard(NamedTuple):
    """A line to be: whose block it stands in, its text, and the sentence it may be cited as (None for others)."""

    participant_id: str
    text: str
    spoken: Spoken | None

    @property
    def tokens(self) -> int:
        return len(self.text) // CHARACTERS_PER_TOKEN + LINE_TOKENS


class Pack(NamedTuple):
    """What one prompt reads: blocks of lines, and the sentence behind each number (`numbered[0]` is number 1)."""

    interviews: list[InterviewLines]
    numbered: list[Spoken]

    def at(self, number: int) -> Spoken | None:
        """The sentence of a number; None where the prompt held no such number."""
        return self.numbered[number - 1] if 0 < number <= len(self.numbered) else None

    @property
    def source_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.source.id for one in self.numbered))


def pack_interviews(interviews: Sequence[Interview], most_tokens: int) -> list[Pack]:
    """The interviews in few packs of at most `most_tokens`, about equally full; a longer interview is parted between
    turns."""
    parts = [part for one in interviews for part in _parts(one, most_tokens)]
    whole = sum(map(_size, parts))
    fair = whole / max(1, -(-whole // most_tokens))
    packs: list[list[Heard]] = [[]]
    for part in parts:
        if (packs[-1] and _size(packs[-1]) + _size(part) / 2 > fair) or _size(packs[-1]) + _size(part) > most_tokens:
            packs.append([])
        packs[-1] += part
    return [_pack(lines) for lines in packs if any(line.spoken for line in lines)]


def _size(lines: Iterable[Heard]) -> int:
    return sum(line.tokens for line in lines)


def _parts(interview: Interview, most_tokens: int) -> Iterator[list[Heard]]:
    """The lines of an interview; in several parts where they are too many for one pack."""
    part: list[Heard] = []
    size = 0
    for turn in _turns(interview):
        own = _size(turn)
        if part and size + own > most_tokens:
            yield part
            part, size = [], 0
        part += turn
        size += own
    if part:
        yield part


def _turns(interview: Interview) -> Iterator[list[Heard]]:
    """The lines of each turn: a participant's sentences, or whatever another voice said, as one line."""
    source, places = interview.source, count()
    speaks = {turn.index: person for turn, person in source.participant_turns()}
    block = next(iter(speaks.values()), "")
    for index, sentences in groupby(interview.sentences, key=lambda one: one.turn):
        if index in speaks:
            block = speaks[index]
            lines = [Spoken(source, own, block, next(places)) for own in _by_line(list(sentences), source)]
            yield [Heard(block, line.text, line) for line in lines]
        elif source.role_of(source.turns[index]) is not Role.AUTHOR:
            said = " ".join(one.of(source.text) for one in sentences)
            yield [] if _nods(said) else [Heard(block, said, None)]


def _nods(said: str) -> bool:
    """Whether an interviewer only listens: "Mm. Right." """
    return len(said.split()) <= MOST_NODS and "?" not in said


def _by_line(sentences: Sequence[Sentence], source: Source) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of a turn, short ones with the next; a short last one with those before it."""
    lines: list[list[Sentence]] = [[]]
    for sentence in sentences:
        if lines[-1] and _words(lines[-1], source) >= FEWEST_WORDS:
            lines.append([])
        lines[-1].append(sentence)
    if len(lines) > 1 and _words(lines[-1], source) < FEWEST_WORDS:
        lines[-2:] = [lines[-2] + lines[-1]]
    return (tuple(line) for line in lines)


def _words(sentences: Sequence[Sentence], source: Source) -> int:
    return sum(len(one.of(source.text).split()) for one in sentences)


def _pack(lines: Iterable[Heard]) -> Pack:
    blocks: list[InterviewLines] = []
    numbered: list[Spoken] = []
    for person, own in groupby(lines, key=lambda line: line.participant_id):
        shown = []
        for line in own:
            if line.spoken:
                numbered.append(line.spoken)
            shown.append(Line(number=len(numbered) if line.spoken else None, text=line.text))
        blocks.append(InterviewLines(participant=person, lines=shown))
    return Pack(blocks, numbered)


def together(run: Sequence[Spoken]) -> Span:
    """From the first line's start to the last one's end."""
    return Span(start=run[0].span.start, end=run[-1].span.end)
