"""Words line by line with times and no names: `.lrc`, and the plain text Whisper writes.

    [00:43.810]Hello everyone.        [00:43.810 --> 00:47.850]  Hello everyone.
    [00:47.850]

Each line is a cue; who speaks is told as in subtitles, by `Name:` before the words.
"""

import re

from retrieval.errors import UnreadableSource
from retrieval.readers.clock import seconds
from retrieval.readers.cues import Cue, plain_words
from retrieval.readers.decoding import decode
from retrieval.readers.labels import numbered_lines
from retrieval.readers.reading import Reading
from retrieval.readers.subtitles import from_cues

LRC = re.compile(r"\s*\[(?P<start>\d{1,3}:\d{2}(?::\d{2})?(?:[.:,]\d{1,3})?)\](?P<words>.*)$")
ABOUT = re.compile(r"\s*\[[A-Za-z#]{1,10}:[^\]]*\]\s*$")
WHISPER = re.compile(r"\s*\[(?P<start>[\d:.,]{4,14}) ?-+> ?(?P<end>[\d:.,]{4,14})\][ \t]*(?P<words>.*)$")
# Of the lines with words, how many must have a time for a text to be one of timed lines.
MOST = 0.7


def read_lrc(raw: bytes, where: str) -> Reading:
    """Read .lrc. Raises UnreadableSource for a file without timed words."""
    cues: list[Cue] = []
    untimed = 0
    for number, _, line in numbered_lines(decode(raw, where)):
        found = LRC.match(line)
        start = seconds(found["start"]) if found else None
        if found and start is not None:
            cues.append(Cue(number, start, None, [found["words"]]))
        elif line.strip() and not ABOUT.match(line):
            untimed += 1
            cues.append(Cue(number, cues[-1].start if cues else 0.0, None, [line]))
    if len(cues) <= untimed or not any(plain_words(line) for cue in cues for line in cue.lines):
        raise UnreadableSource(where, "no line with a time such as [00:12.50] was found", "Export the transcript again")
    return from_cues(
        _with_ends(cues), [f"lines without a time, which go on from the line before: {untimed}"] if untimed else []
    )


def timed_text(text: str) -> Reading | None:
    """The reading of a text whose lines begin with `[from --> to]`; None for any other text."""
    lines = [(number, line, WHISPER.match(line)) for number, _, line in numbered_lines(text) if line.strip()]
    cues: list[Cue] = []
    for number, line, found in lines:
        start = seconds(found["start"]) if found else None
        if found and start is not None:
            cues.append(Cue(number, start, seconds(found["end"]), [found["words"]]))
        elif cues:
            cues[-1].lines.append(line)
    if len(cues) < max(2, MOST * len(lines)):
        return None
    title = [line for number, line, _ in lines if number < cues[0].line]
    first = [Cue(lines[0][0], cues[0].start, None, title)] if title else []
    return from_cues([cue for cue in first + cues if any(map(plain_words, cue.lines))], [])


def _with_ends(cues: list[Cue]) -> list[Cue]:
    """A line's end is the next line's begin; lines without words only mark an end."""
    ends = [cue.start for cue in cues[1:]] + [None]
    return [
        Cue(cue.line, cue.start, end if end is not None and end >= cue.start else None, cue.lines)
        for cue, end in zip(cues, ends, strict=True)
        if any(map(plain_words, cue.lines))
    ]
