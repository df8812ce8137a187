"""Subtitle files (WebVTT, SubRip, SubViewer) as cues: times and words, nothing about who speaks.

WebVTT: https://www.w3.org/TR/webvtt1/. SubRip has no standard; its cues differ by a comma in the
time and a mandatory number. All are read by one loop, so a file with the other's habits is read
too, and what was mended or left out is said.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrieval.errors import UnreadableSource
from retrieval.readers.clock import seconds
from retrieval.readers.labels import numbered_lines

ARROW = re.compile(r"\s*(?P<start>\S[^<>]*?)\s*(?:--+>|—>|–>|->)\s*(?P<end>[^\s<>]+)?(?P<settings>.*)$")
# A time line may be damaged: any line with the arrow is meant as one, and any time before a mistyped arrow.
TIMED = re.compile(r"[^\n]*?-->|\s*+(?=[:.,]*+\d)[\w:.,]*+\s*+(?:--+>|—>|–>|->)")
LONGEST_TIME = 300  # characters; times and settings take a third of that
STRAY_ID = re.compile(r"(?=\S*\d)\S+")
ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
TAG = re.compile(
    r"</?(?:c|i|b|u|s|em|strong|ruby|rt|lang|font|span|v)(?:[.\s][^<>]*)?/?>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE
)
# What recognisers note about every cue; a person's comment is worth a word when it is left out.
MACHINE_NOTE = re.compile(r"NOTE\s*$|NOTE\s+(?:confidence|recognizability|duration|language)\b", re.IGNORECASE)
KARAOKE = re.compile(r"<\d+:\d[\d:.]*>")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TIME_REMEDY = "Write the time as 00:01:02.500 --> 00:01:05.000, or export the file again"


@dataclass(frozen=True)
class Cue:
    """`lines` are the payload as written, tags included; times in seconds; `id` what stood above the time."""

    line: int
    start: float
    end: float | None
    lines: list[str]
    id: str = ""


def parse_cues(text: str, where: str) -> tuple[list[Cue], list[str]]:
    """The cues of a subtitle file with words in them, and what was mended.

    Raises UnreadableSource, with the line, for a time that cannot be read, for words that no time
    stands over, and for a file without any cue.
    """
    cues: list[Cue] = []
    repairs: list[str] = []
    comments = 0
    name = ""
    for block, over_time in _blocks(text):
        if ASIDE.match(block[0][1]):
            comments += _comments(block)
        elif not TIMED.match(block[0][1]):
            _refuse_untimed(block, over_time, where)
            name = block[-1][1].strip() if over_time else ""
        else:
            cue, mended = _cue(_without_next_number(block, over_time), name, where)
            name = _next_number(block, over_time)
            repairs += mended
            cues.append(cue)
    if not any(cue.lines for cue in cues):
        raise UnreadableSource(where, "no subtitle cue with words was found", "Export the transcript again")
    if comments:
        repairs.append(f"comments (NOTE) left out: {comments}")
    return _unrolled([cue for cue in cues if cue.lines], repairs)


def _blocks(text: str) -> Iterator[tuple[list[tuple[int, str]], bool]]:
    """Runs of numbered lines, and whether a time line follows at once. A time line begins a run of its own.

    The header of WebVTT is left out.
    """
    block: list[tuple[int, str]] = []
    header = text.lstrip().startswith("WEBVTT")
    for number, _, line in numbered_lines(text + "\n\n"):
        timed = bool(TIMED.match(line))
        if block and (timed or not line.strip()):
            if not header:
                yield block, timed
            block, header = [], False
        if line.strip():
            block.append((number, line))


def _comments(block: list[tuple[int, str]]) -> int:
    """How many comments of a person's a NOTE block holds."""
    lines = [line.strip() for _, line in block]
    notes = [line for line in lines if line.startswith("NOTE")]
    said = any(not MACHINE_NOTE.match(line) for line in notes) or len(lines) > len(notes)
    return int(bool(notes) and said)


def _refuse_untimed(block: list[tuple[int, str]], over_time: bool, where: str) -> None:
    """A cue's name may stand over its time line and a stray number alone; words need a time."""
    number, last = block[-1]
    if len(block) > 1 or not (over_time or STRAY_ID.fullmatch(last.strip())):
        raise UnreadableSource(where, "these words have no time line above them", TIME_REMEDY, number)


def _without_next_number(block: list[tuple[int, str]], over_time: bool) -> list[tuple[int, str]]:
    """Where no blank line parts two cues, the number of the second is no word of the first."""
    return block[:-1] if _next_number(block, over_time) else block


def _next_number(block: list[tuple[int, str]], over_time: bool) -> str:
    last = block[-1][1].strip()
    return last if over_time and len(block) > 1 and last.isdigit() else ""


def _cue(block: list[tuple[int, str]], name: str, where: str) -> tuple[Cue, list[str]]:
    number, line = block[0]
    found = ARROW.match(line) if len(line) <= LONGEST_TIME else None
    start = seconds(found["start"]) if found else None
    end = seconds(found["end"] or "") if found else None
    if start is None or end is None:
        raise UnreadableSource(where, f"the time “{line.strip()[:60]}” cannot be read", TIME_REMEDY, number)
    repairs = []
    if end < start:
        end = None
        repairs.append(f"line {number}: the cue ended before it began; its end was left out")
    return Cue(number, start, end, [line for _, line in block[1:] if plain_words(line)], name), repairs


def _unrolled(cues: list[Cue], repairs: list[str]) -> tuple[list[Cue], list[str]]:
    """Automatic captions roll: a cue shows the last line once more above the new one. It was said once."""
    if not any(KARAOKE.search(line) for cue in cues for line in cue.lines):
        return cues, repairs
    kept: list[Cue] = []
    last, twice = "", 0
    for cue in cues:
        again = plain_words(cue.lines[0]) == last
        twice += again
        last = plain_words(cue.lines[-1])
        lines = cue.lines[1:] if again else cue.lines
        if lines:
            kept.append(replace(cue, lines=lines))
    remark = [f"lines that rolling captions show twice and that were kept once: {twice}"] if twice else []
    return kept, repairs + remark


def plain_words(payload: str) -> str:
    """The words of a payload: tags stripped, entities resolved, on one line."""
    return " ".join(html.unescape(TAG.sub("", BREAK.sub(" ", payload))).split())
