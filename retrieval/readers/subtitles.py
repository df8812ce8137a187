"""WebVTT, SubRip and SubViewer transcripts: who speaks is told by voice tags or by `Name:` before the words.

A speaker holds the floor until somebody else is named. Neighbouring cues of one speaker are one
turn, joined by single spaces. Words before anybody is named belong to nobody. Teams gives the cues of
one sentence one id; where another's words cut in between, the sentence is put together again.
"""

import re
from collections.abc import Iterator

from retrieval.readers.cues import Cue, parse_cues, plain_words
from retrieval.readers.decoding import decode
from retrieval.readers.labels import real_heads
from retrieval.readers.names import key
from retrieval.readers.reading import DIARISE, Reading, Utterance, compose, tidy

VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]+)>", re.IGNORECASE)
SBV_TIME = re.compile(r"^[ \t]*(\d+:[\w:.]*),(\d+:[\w:.]*)[ \t]*$", re.MULTILINE)
# 3f2504e0-…/14-0 and 3f2504e0-…/14-1 are pieces of sentence 14.
PIECE = re.compile(r"(?P<sentence>.+/\d+)-\d+")
# A sentence that is cut in upon goes on within a few cues; an id used again much later is another sentence's.
NEAR = 8
DASH = re.compile(r"^(?:[-–—]\s+|>>+\s*)")


def read_vtt(raw: bytes, where: str) -> Reading:
    """Read .vtt. Raises UnreadableSource as `parse_cues` does."""
    text = decode(raw, where)
    headless = [] if text.lstrip().startswith("WEBVTT") else ["the first line, WEBVTT, was missing"]
    return _read(text, where, headless)


def read_srt(raw: bytes, where: str) -> Reading:
    """Read .srt. Raises UnreadableSource as `parse_cues` does."""
    return _read(decode(raw, where), where, [])


def read_sbv(raw: bytes, where: str) -> Reading:
    """Read .sbv, whose times stand as `0:00:01.0,0:00:02.5`. Raises UnreadableSource as `parse_cues` does."""
    return _read(SBV_TIME.sub(r"\1 --> \2", decode(raw, where)), where, [])


def _read(text: str, where: str, repairs: list[str]) -> Reading:
    cues, mended = parse_cues(text, where)
    return from_cues(cues, repairs + mended)


def from_cues(cues: list[Cue], mended: list[str]) -> Reading:
    """The turns of cues; `mended` is what was repaired on the way here."""
    voiced = any(VOICE.search(line) for cue in cues for line in cue.lines)
    spoken = list(_voices(cues) if voiced else _labels(cues))
    pieces, moved = _rejoined(spoken)
    if moved:
        mended = [*mended, f"pieces of sentences that were cut in upon and are put together: {moved}"]
    lost = next((n for n, piece in enumerate(pieces) if piece.speaker), 0)
    if lost:
        mended = [*mended, f"the words before the first speaker's name ({lost} cues) belong to nobody"]
    return compose(pieces, repairs=mended, remedy=DIARISE)


def _rejoined(spoken: list[tuple[str, Utterance]]) -> tuple[list[Utterance], int]:
    """The pieces with those of one sentence side by side, and how many had to be moved for that."""
    placed: list[tuple[str, Utterance]] = []
    moved = 0
    for name, piece in spoken:
        begun = _begun(name, piece, placed[-NEAR:]) if name else 0
        if begun > 1:
            placed.insert(len(placed) - begun + 1, (name, piece))
            moved += 1
        else:
            placed.append((name, piece))
    return [piece for _, piece in placed], moved


def _begun(name: str, piece: Utterance, recent: list[tuple[str, Utterance]]) -> int:
    """How many pieces from the end the sentence `name` of this speaker stands; 0 where it does not."""
    back = range(1, len(recent) + 1)
    return next((n for n in back if recent[-n][0] == name and recent[-n][1].speaker == piece.speaker), 0)


def _sentence(cue: Cue) -> str:
    """What names the sentence a cue is a piece of; empty for plain numbers, which name nothing."""
    found = PIECE.fullmatch(cue.id)
    return found["sentence"] if found else "" if cue.id.isdigit() else cue.id


def _voices(cues: list[Cue]) -> Iterator[tuple[str, Utterance]]:
    """One piece per voice tag; a cue without one goes on with the speaker before."""
    speaker: str | None = None
    for cue in cues:
        before, *rest = VOICE.split(" \n".join(cue.lines))
        for name, words in [(speaker, before), *zip(rest[::2], rest[1::2], strict=True)]:
            speaker = tidy(plain_words(name)) if name else None
            if text := plain_words(words):
                yield _sentence(cue), Utterance(speaker, text, cue.start, cue.end)


def _labels(cues: list[Cue]) -> Iterator[tuple[str, Utterance]]:
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
        words = line[head.speech - start :] if head else line
        yield _sentence(cue), Utterance(speaker, words, cue.start, cue.end)
        start += len(line) + 1
