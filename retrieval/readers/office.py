"""Word documents (.docx): speaker paragraphs, or a table with a column of speakers.

Labels are found as in plain text. The stored text is composed: one block per turn, the paragraphs
of a turn on lines of their own; what stands above the first label is kept in front of it. Words that
were deleted while changes were tracked are gone; inserted ones count. Comments, footnotes, headers
and text boxes are no speech, and are said to be left out.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from retrieval.errors import UnreadableSource
from retrieval.readers.own_lines import find_heads
from retrieval.readers.parts import open_parts
from retrieval.readers.plain import labelled
from retrieval.readers.reading import Reading, Utterance, compose, storable

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAMAGE = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, RuntimeError, NotImplementedError,
    OSError, EOFError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
RESAVE = "Open it in a word processor, save it as .docx and import that file"
OLD_WORD = b"\xd0\xcf\x11\xe0"
ASIDES = {"word/comments.xml": "comments", "word/footnotes.xml": "footnotes", "word/endnotes.xml": "endnotes"}
GLYPHS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
# What w:delText holds was deleted; text boxes stand twice, once for old programs.
SKIPPED = {
    f"{WORD}txbxContent",
    f"{WORD}pPr",
    f"{WORD}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
WRAPPERS = {f"{WORD}sdt", f"{WORD}sdtContent", f"{WORD}ins", f"{WORD}customXml", f"{WORD}smartTag", f"{WORD}moveTo"}


def read_docx(raw: bytes, where: str) -> Reading:
    """Read .docx. Raises UnreadableSource for anything that is not a Word document."""
    _refuse_others(raw, where)
    # Takes a while to load, and most of what is started reads no such document.
    from docx import Document

    try:
        document = Document(io.BytesIO(raw))
        body = document.element.body
        lines = [line for block in body for line in _lines(block)]
    except DAMAGE:
        # python-docx and lxml (whose syntax errors are SyntaxErrors) fail in these ways on damaged parts.
        raise UnreadableSource(where, "the Word document is damaged", RESAVE) from None
    return paragraphs(lines, where, _asides(raw, body))


def paragraphs(lines: list[str], where: str, repairs: list[str]) -> Reading:
    """The turns of a document's lines, composed. Raises UnreadableSource where they hold no words."""
    text = storable("\n".join(lines)).strip()
    if not text:
        raise UnreadableSource(where, "the document holds no text", "Check that it is the right file")
    reading = labelled(text)
    return compose(_pieces(reading), joint="\n", repairs=repairs + reading.repairs)


def row_lines(cells: list[str]) -> Iterator[str]:
    """A row of a table as lines, with what stands in front of the last cell as its speaker."""
    cells = [cell for cell in cells if cell]
    if len(cells) > 1:
        *head, speech = cells
        label = " ".join(" ".join(cell.rstrip(":").split()) for cell in head)
        cells = [f"{label}: {speech}"]
    for cell in cells:
        yield from cell.split("\n")


def _refuse_others(raw: bytes, where: str) -> None:
    if not raw:
        raise UnreadableSource(where, "the file is empty", "Export the transcript again and import the new file")
    if raw.startswith(OLD_WORD):
        raise UnreadableSource(where, "this is an old or a locked Word document", RESAVE)
    with open_parts(raw, where, "a Word document", RESAVE) as archive:
        if "word/document.xml" not in archive.namelist():
            remedy = "Unpack it and import what it holds"
            raise UnreadableSource(where, "this is a zip archive renamed to .docx", remedy)


def _lines(block: Any) -> Iterator[str]:
    """The lines of a paragraph or of a table's rows, through whatever wraps them."""
    if block.tag == f"{WORD}p":
        yield from "".join(_text(block)).split("\n")
    elif block.tag == f"{WORD}tbl":
        for row in block.iter(f"{WORD}tr"):
            yield from row_lines([_cell(cell) for cell in row.iter(f"{WORD}tc")])
    elif block.tag in WRAPPERS:
        for inner in block:
            yield from _lines(inner)


def _cell(cell: Any) -> str:
    return "\n".join("".join(_text(paragraph)) for paragraph in cell.iter(f"{WORD}p")).strip()


def _text(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in GLYPHS:
            yield GLYPHS[child.tag]
        elif child.tag not in SKIPPED:
            yield from _text(child)


def _asides(raw: bytes, body: Any) -> list[str]:
    """What the document holds beside its text; footnotes.xml is always there and counts only where referred to."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = set(archive.namelist())
    refers = {"footnotes": f"{WORD}footnoteReference", "endnotes": f"{WORD}endnoteReference",
              "comments": f"{WORD}commentReference"}  # fmt: skip
    found = [word for part, word in ASIDES.items() if part in names and next(body.iter(refers[word]), None) is not None]
    if next(body.iter(f"{WORD}txbxContent"), None) is not None:
        found.append("text boxes")
    return [f"the {', '.join(found)} of the document were left out"] if found else []


def _pieces(reading: Reading) -> Iterator[Utterance]:
    heads = find_heads(reading.text)
    yield Utterance(None, reading.text[: heads[0].start if heads else None].strip())
    for turn in reading.turns:
        lines = [line.strip() for line in turn.of(reading.text).split("\n")]
        yield Utterance(turn.speaker, "\n".join(filter(None, lines)), turn.time_start, turn.time_end)
