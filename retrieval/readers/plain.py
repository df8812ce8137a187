"""Plain text and Markdown: labelled turns in running text.

The stored text is the decoded file itself, so a quote's place here is its place in the file. What
stands above the first label (titles, notes) belongs to no turn; a turn may hold several paragraphs.
"""

import re

from retrieval.errors import UnreadableSource
from retrieval.evidence import Turn
from retrieval.readers.decoding import decode
from retrieval.readers.labels import Head, real_heads
from retrieval.readers.reading import Reading

SUBTITLES = re.compile(r"\s*WEBVTT\b|(?:\s*\d+\s*\n)?\s*\d{2}:\d{2}:\d{2}[,.]\d{3} --> \d{2}:")
# After the last words of a turn: a heading, a rule, a remark in brackets ("[End of recording]"), "END".
FURNITURE = re.compile(
    r"\n\s*(?:\#{1,6}\ [^\n]*|[-*_=~]{3,}|\[[^\]\n]*\]|\([^)\n]*\)|\W*end(?:\ of\ [^\n.?!]{1,40})?\W*)\s*$", re.I
)


def read_plain(raw: bytes, where: str) -> Reading:
    """Read .txt and .md. Raises UnreadableSource for what is no text, and for subtitles in a text file's name."""
    text = decode(raw, where)
    if SUBTITLES.match(text):
        raise UnreadableSource(where, "these are subtitles under a text file's name", "Rename it to .vtt or .srt")
    return labelled(text)


def labelled(text: str) -> Reading:
    """The turns of labelled text; none where no speaker is named."""
    heads = real_heads(text)
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
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _before_furniture(text: str, start: int, end: int) -> int:
    piece = text[start:end].rstrip()
    while found := FURNITURE.search(piece):
        piece = piece[: found.start()].rstrip()
    return start + len(piece)


def _stamp_repair(head: Head) -> list[str]:
    if head.stamp is None or head.time is not None:
        return []
    return [f"line {head.line}: the time “{head.stamp}” cannot be read and was left out"]
