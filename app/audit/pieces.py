"""Pieces: a document cut into what can be judged by itself: statements, quotations, and what nobody can check.

A quotation is a block quote, or words between marks that are long enough to be somebody's speech; who is said to have
spoken stands behind a dash, in brackets, or before a colon. Headings, facts like an age, captions and fragments
without a verb's worth of words are `not_checkable`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.support.words import content
from retrieval.evidence import Span
from retrieval.splitting import sentence_spans

# Shorter words between marks are a term and no quotation.
FEWEST_QUOTED = 4
# With less content a line is a label.
FEWEST_CONTENT = 2
LONGEST_LABEL = 4
DASH = r"[—–―-]"
HEADING = re.compile(r"^(?:#{1,6}\s+|\*\*[^*]+\*\*$|[=-]{3,}$)")
BULLET = re.compile(r"^(?:[-*+•·‣]|\d{1,3}[.)])\s+")
CAPTION = re.compile(
    r"^(?:!\[|\[(?:image|photo|picture)|(?:photo|image|picture|figure|fig\.)\b\s*\d*\s*:)", re.IGNORECASE
)
FACT = re.compile(
    r"^(?:age|aged|gender|sex|name|role|job(?: title)?|title|occupation|location|lives in|city|country|income|salary|"
    r"education|family|marital status|status|industry|company|company size|photo|picture|persona|id|date|version|"
    r"author|prepared (?:by|for)|seniority|department|reports to|born|nationality|language|devices?|channels?)\b"
    r"\s*(?::|\d)",
    re.IGNORECASE,
)
LABEL = re.compile(r"^([^:.!?“”\"]{2,40}):\s+(?=\S)")
QUOTED = re.compile(r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"")
SPOKEN_BY = re.compile(rf"^\s*[,.]?\s*(?:(?:{DASH}|\()\s*)(?:says? )?([^()\n]{{1,80}}?)\)?\s*[.]?$")
BEFORE = re.compile(r"([\w .-]{1,60}?)(?:\s+(?:says?|said|told us|puts it|explains))?\s*[:,]\s*$")
RULE = re.compile(r"[\s|:+-]+")
MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)|`")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class Piece(NamedTuple):
    """`text` as it stands in the document; `speaker` is who is said to have spoken a quotation."""

    text: str
    quoted: bool = False
    speaker: str = ""
    checkable: bool = True

    @property
    def claim(self) -> str:
        """The text without the label before it (“Goals: wants to …”)."""
        label = LABEL.match(self.text)
        rest = self.text[label.end() :] if label else ""
        return rest if label and len(label[1].split()) <= LONGEST_LABEL and _says_something(rest) else self.text


def cut(text: str) -> list[Piece]:
    """The pieces of marked lines, in their order."""
    return [piece for block in _blocks(text) for piece in _of_block(block)]


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, list items and quotations, each on one line; a quotation keeps its lines."""
    gathered: list[str] = []
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        bare = line.strip()
        goes_on = gathered and bare and not _begins(bare) and not HEADING.match(gathered[-1])
        if gathered and not (goes_on or (bare.startswith(">") and gathered[-1].startswith(">"))):
            yield "\n".join(gathered)
            gathered = []
        if bare:
            gathered.append(bare)


def _begins(line: str) -> bool:
    return bool(HEADING.match(line) or BULLET.match(line) or CAPTION.match(line) or FACT.match(_plain(line))) or (
        line[0] in ">|"
    )


def _of_block(block: str) -> Iterator[Piece]:
    if HEADING.match(block) or CAPTION.match(block):
        plain = _plain(re.sub(r"^#{1,6}\s+|^!\[\]?|\]\([^)]*\)$", "", block)).strip("=-[] ")
        if plain:
            yield Piece(plain, checkable=False)
    elif block.startswith(">"):
        yield from _quotation([line.lstrip("> ").strip() for line in block.split("\n")])
    else:
        line = _plain(" ".join(BULLET.sub("", _row(one)) for one in block.split("\n")))
        yield from [Piece(line, checkable=False)] if FACT.match(line) else _sentences(line)


def _row(line: str) -> str:
    """A line of a table as “label: words”; nothing for the rule under its head."""
    if not line.startswith("|"):
        return line
    return (
        "" if RULE.fullmatch(line) else ": ".join(cell.strip() for cell in line.strip("|").split("|") if cell.strip())
    )


def _plain(text: str) -> str:
    return MARKS.sub("", LINK.sub(r"\1", text)).strip()


def _quotation(lines: list[str]) -> Iterator[Piece]:
    """A block quote; its last line, or what stands behind its marks, may name who spoke."""
    lines = [_plain(line) for line in lines if line]
    named = SPOKEN_BY.match(lines[-1]) if len(lines) > 1 else None
    words = " ".join(lines[:-1] if named else lines)
    marked = QUOTED.search(words)
    if marked and not named:
        named = SPOKEN_BY.match(words[marked.end() :])
        words = words[: marked.end()] if named else words
    else:
        trailing = None if named else re.search(rf"\s{DASH}\s*([^—–―]{{1,60}})$", words)
        if trailing:
            named, words = trailing, words[: trailing.start()]
    if words.strip():
        yield Piece(_unmarked(words), quoted=True, speaker=named[1].strip() if named else "")


def _unmarked(words: str) -> str:
    whole = QUOTED.fullmatch(words.strip())
    return next(part for part in whole.groups() if part) if whole else words.strip()


def _sentences(line: str) -> Iterator[Piece]:
    """The quotations of a line, and the sentences that are left."""
    rest, pieces = line, list[Piece]()
    for marked in QUOTED.finditer(line):
        words = next(part for part in marked.groups() if part)
        if len(words.split()) < FEWEST_QUOTED:
            continue
        behind = SPOKEN_BY.match(line[marked.end() :])
        before = BEFORE.search(line[: marked.start()])
        speaker = behind[1] if behind else before[1] if before else ""
        pieces.append(Piece(words, quoted=True, speaker=speaker.strip()))
        taken = (before[0] if before and not behind else "") + marked[0] + (behind[0] if behind else "")
        rest = rest.replace(taken, " ", 1)
    yield from (Piece(text, checkable=_says_something(text)) for text in _split(rest) if content(text))
    yield from pieces


def _split(line: str) -> list[str]:
    return [span.of(line) for span in sentence_spans(line, Span(start=0, end=len(line)))]


def _says_something(text: str) -> bool:
    return len(content(text)) >= FEWEST_CONTENT and len(text.split()) > FEWEST_CONTENT
