"""Packing: interviews as numbered lines, several in one prompt, each read once.

Only participants' sentences get a number, so nothing else can be cited; the interviewer's turns are there to be
understood. Numbers run through the whole prompt.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from app.engines.base import Interview
from app.engines.llm.contexts import InterviewLines, Line
from retrieval.evidence import Role, Sentence, Source, Span

# The usual estimate where no tokenizer is at hand.
CHARACTERS_PER_TOKEN = 4
# What a line costs beside its text: its number and the end of the line.
LINE_TOKENS = 2


class Spoken(NamedTuple):
    """A participant's sentence and where it comes from."""

    source: Source
    sentence: Sentence
    participant_id: str

    @property
    def text(self) -> str:
        return self.sentence.of(self.source.text)


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
    source = interview.source
    speaks = {turn.index: person for turn, person in source.participant_turns()}
    block = next(iter(speaks.values()), "")
    for index, sentences in groupby(interview.sentences, key=lambda one: one.turn):
        if index in speaks:
            block = speaks[index]
            yield [Heard(block, one.of(source.text), Spoken(source, one, block)) for one in sentences]
        elif source.role_of(source.turns[index]) is not Role.AUTHOR:
            yield [Heard(block, " ".join(one.of(source.text) for one in sentences), None)]


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
    """From the first sentence's start to the last one's end."""
    return Span(start=run[0].sentence.start, end=run[-1].sentence.end)
