"""WebVTT and SubRip transcripts: who speaks is told by voice tags or by `Name:` before the words.

A speaker holds the floor until somebody else is named. Neighbouring cues of one speaker are one
turn, joined by single spaces. Words before anybody is named belong to nobody.
"""

import re
from collections.abc import Iterator

from retrieval.readers.cues import Cue, parse_cues, plain_words
from retrieval.readers.decoding import decode
from retrieval.readers.labels import real_heads
from retrieval.readers.names import key
from retrieval.readers.reading import Reading, Utterance, compose, tidy

VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]+)>", re.IGNORECASE)
DASH = re.compile(r"^(?:[-–—]\s+|>>+\s*)")


def read_vtt(raw: bytes, where: str) -> Reading:
    """Read .vtt. Raises UnreadableSource as `parse_cues` does."""
    text = decode(raw, where)
    headless = [] if text.lstrip().startswith("WEBVTT") else ["the first line, WEBVTT, was missing"]
    return _read(text, where, headless)


def read_srt(raw: bytes, where: str) -> Reading:
    """Read .srt. Raises UnreadableSource as `parse_cues` does."""
    return _read(decode(raw, where), where, [])


def _read(text: str, where: str, repairs: list[str]) -> Reading:
    cues, mended = parse_cues(text, where)
    voiced = any(VOICE.search(line) for cue in cues for line in cue.lines)
    pieces = list(_voices(cues) if voiced else _labels(cues))
    lost = next((n for n, piece in enumerate(pieces) if piece.speaker), 0)
    if lost:
        mended = [*mended, f"the words before the first speaker's name ({lost} cues) belong to nobody"]
    return compose(pieces, repairs=repairs + mended)


def _voices(cues: list[Cue]) -> Iterator[Utterance]:
    """One piece per voice tag; a cue without one goes on with the speaker before."""
    speaker: str | None = None
    for cue in cues:
        before, *rest = VOICE.split(" \n".join(cue.lines))
        for name, words in [(speaker, before), *zip(rest[::2], rest[1::2], strict=True)]:
            speaker = tidy(plain_words(name)) if name else None
            if text := plain_words(words):
                yield Utterance(speaker, text, cue.start, cue.end)


def _labels(cues: list[Cue]) -> Iterator[Utterance]:
    """One piece per line of a cue, with the label at its start as the speaker."""
    lines = [(cue, DASH.sub("", plain_words(line))) for cue in cues for line in cue.lines]
    text = "\n".join(line for _, line in lines)
    heads = {head.line: head for head in real_heads(text)}
    spellings: dict[str, str] = {}
    speaker: str | None = None
    start = 0
    for number, (cue, line) in enumerate(lines, 1):
        head = heads.get(number)
        if head:
            speaker = spellings.setdefault(key(head.name), head.name)
        yield Utterance(speaker, line[head.speech - start :] if head else line, cue.start, cue.end)
        start += len(line) + 1
