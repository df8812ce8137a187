"""Plain text and Markdown: labelled turns in running text.

The stored text is the decoded file itself, so a quote's place here is its place in the file. What
stands above the first label (titles, notes) belongs to no turn; a turn may hold several paragraphs.
"""

import re

from retrieval.errors import UnreadableSource
from retrieval.evidence import Turn
from retrieval.readers.decoding import decode
from retrieval.readers.labels import Head
from retrieval.readers.own_lines import find_heads
from retrieval.readers.reading import Reading
from retrieval.readers.timed_lines import timed_text

SUBTITLES = re.compile(r"\s*WEBVTT\b|(?:\s*\d+\s*\n)?\s*\d{2}:\d{2}:\d{2}[,.]\d{3} --> \d{2}:")
# After the last words of a turn: a heading, a rule, a time, a remark in brackets ("[End of recording]"), "END".
FURNITURE = re.compile(
    r"\#{1,6}\ .*|[-*_=~]{3,}|\d{1,2}:\d{2}(?::\d{2})?|\[[^\]]*\]|\([^)]*\)|\W{0,9}end"
    r"(?:\ of\ (?:the\ )?(?:recording|transcript(?:ion)?|interview|audio|tape|call|session|meeting|file))?\W{0,9}",
    re.IGNORECASE,
)


def read_plain(raw: bytes, where: str) -> Reading:
    """Read .txt and .md. Raises UnreadableSource for what is no text, and for subtitles in a text file's name."""
    text = decode(raw, where)
    if SUBTITLES.match(text):
        raise UnreadableSource(where, "these are subtitles under a text file's name", "Rename it to .vtt or .srt")
    reading = labelled(text)
    return reading if reading.turns else timed_text(text) or reading


def labelled(text: str) -> Reading:
    """The turns of labelled text; none where no speaker is named."""
    heads = find_heads(text)
    spellings: dict[str, str] = {}
    turns: list[Turn] = []
    for number, head in enumerate(heads):
        speaker = spellings.setdefault(head.key, head.name)
        end = heads[number + 1].start if number + 1 < len(heads) else len(text)
        start, end = trimmed(text, head.speech, _before_furniture(text, head.speech, end))
        if start < end:
            turns.append(Turn(index=len(turns), speaker=speaker, start=start, end=end, time_start=head.time))
    return Reading(text, turns, [repair for head in heads for repair in _stamp_repair(head)])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _before_furniture(text: str, start: int, end: int) -> int:
    """The end of the speech: the lines of furniture below its first line are none of it."""
    while True:
        start, end = trimmed(text, start, end)
        last = text.rfind("\n", start, end) + 1
        if last <= start or not FURNITURE.fullmatch(text[last:end].strip()):
            return end
        end = last


def _stamp_repair(head: Head) -> list[str]:
    if head.stamp is None or head.time is not None:
        return []
    return [f"line {head.line}: the time “{head.stamp}” cannot be read and was left out"]
