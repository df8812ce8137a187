"""Speakers on a line of their own, as some exports and many people write them.

    Dana Doe            00:00:03           [00:00:12.04] - Dana Doe      Dana Doe
    What do you do?     Dana Doe           What do you do?               0 minutes 3 seconds
                        What do you do?                                  What do you do?

A short line that looks like a name is a name only where the file is built that way: two names or
more, each of them known (`P01`, `Interviewer`), with a time, or recurring. Tried where labels with a
colon name fewer than two speakers.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrieval.readers.labels import BRACKETED, LEAD, MARK, NAME, Head, looks_like_a_label, numbered_lines, real_heads
from retrieval.readers.names import key, known

TIME = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
STAMP_LINE = re.compile(rf"[ \t]*(?P<stamp>{BRACKETED}|{TIME}(?:[ \t]*(?:-+>|[-–])[ \t]*{TIME})?)[ \t]*$")
NAME_LINE = re.compile(
    rf"{LEAD}{MARK}(?:(?P<stamp>{BRACKETED}|{TIME})[ \t]*[-–]?[ \t]*)?{MARK}\[?(?P<name>{NAME})\]?[ \t]*{MARK}[ \t]*$"
)
# Teams spells times out beside the figures: "1 hour 2 minutes 3 seconds".
SPELLED = re.compile(
    r"(?:^|[ \t]+)(?:(?P<h>\d{1,2}) hours? ?)?(?:(?P<m>\d{1,3}) minutes? ?)?(?:(?P<s>\d{1,2}) seconds?)[ \t]*$"
)
# Short answers stand on lines of their own too, and recur.
ANSWERS = frozenset({"yes", "no", "yeah", "yep", "nope", "ok", "okay", "right", "sure", "exactly", "true", "hello",
                     "hi", "thanks", "thank you", "bye", "mm", "mhm", "well", "so", "and", "why", "none"})  # fmt: skip
MOST_WORDS = 4
LONGEST_NAME = 100  # characters of a line with a name and a time
LONGEST_STAMP = 60


@dataclass(frozen=True)
class Line:
    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def find_heads(text: str) -> list[Head]:
    """The lines that begin a turn: labels before the words, else names on lines of their own."""
    heads = real_heads(text)
    if len({head.key for head in heads}) >= 2:
        return heads
    own = own_line_heads(text)
    return own if len({head.key for head in own}) >= 2 else heads


def own_line_heads(text: str) -> list[Head]:
    """Every line that holds nothing but the name of who speaks next, in order."""
    lines = [Line(*line) for line in numbered_lines(text)]
    found = list(_candidates(lines))
    counts = Counter(head.key for head in found)
    speakers = {head.key for head in found if known(head.name) or (counts[head.key] > 1)}
    speakers |= {head.key for head in found if head.stamp} if any(head.stamp for head in found) else set()
    return list(_apart([head for head in found if head.key in speakers], text))


def _candidates(lines: list[Line]) -> Iterator[Head]:
    """Lines that look like a name, at the beginning of a paragraph or beside a time, with words after them."""
    dense = not any(line.blank for line in lines[:-1])  # a PDF's lines, or a list without paragraphs
    for index, line in enumerate(lines):
        name, beside = _named(line)
        if not name or not _is_name(name):
            continue
        above = _stamp(lines[index - 1]) if index else None
        below, speech = _speech(lines, index + 1)
        opens = dense or index == 0 or lines[index - 1].blank or above or below or beside
        if opens and speech is not None:
            yield Head(
                line=line.number, start=lines[index - 1].start if above else line.start, speech=speech.start,
                end=speech.end, name=name, form="own", stamp=beside or below or above,
            )  # fmt: skip


def _named(line: Line) -> tuple[str, str | None]:
    """What a line names, if it were a name, and the time beside it."""
    if len(line.text) >= LONGEST_NAME:
        return "", None
    spelled = SPELLED.search(line.text)
    found = NAME_LINE.match(line.text[: spelled.start()] if spelled else line.text)
    if not found:
        return "", None
    return found["name"].strip(), _clock(spelled) if spelled else found["stamp"]


def _speech(lines: list[Line], index: int) -> tuple[str | None, Line | None]:
    """The time below a name and the first line of words, over at most one blank line."""
    stamp: str | None = None
    blank = 0
    for line in lines[index : index + 5]:
        under = _stamp(line)
        if line.blank:
            blank += 1
        elif under:
            stamp = under
        else:
            return stamp, line if blank < 2 else None
    return stamp, None


def _stamp(line: Line) -> str | None:
    """The time a line consists of; None where it holds anything else."""
    if len(line.text) >= LONGEST_STAMP:
        return None
    found = STAMP_LINE.match(line.text)
    spelled = SPELLED.match(line.text)
    return found["stamp"] if found else _clock(spelled) if spelled else None


def _clock(spelled: re.Match[str]) -> str:
    hours, minutes, seconds = (int(spelled[part] or 0) for part in "hms")
    return f"{hours}:{minutes:02}:{seconds:02}"


def _is_name(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= MOST_WORDS and key(name) not in ANSWERS and looks_like_a_label(name)


def _apart(heads: list[Head], text: str) -> Iterator[Head]:
    """The line after a name is speech, even if it looks like a name."""
    taken = -1
    for head in heads:
        if head.start >= taken:
            end = text.find("\n", head.speech)
            taken = end if end >= 0 else len(text)
            yield replace(head, end=taken)
