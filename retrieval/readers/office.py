"""Word documents (.docx): speaker paragraphs, or a table with a column of speakers.

Labels are found as in plain text. The stored text is composed: one block per turn, the paragraphs
of a turn on lines of their own; what stands above the first label is kept in front of it.
"""

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.table import Table

from retrieval.errors import UnreadableSource
from retrieval.readers.labels import real_heads
from retrieval.readers.plain import labelled
from retrieval.readers.reading import Reading, Utterance, compose

RESAVE = "Open it in a word processor, save it as .docx and import that file"
OLD_WORD = b"\xd0\xcf\x11\xe0"
# A transcript of a day is under a megabyte; what unpacks to more than this is a trap.
MOST_UNPACKED = 200_000_000


def read_docx(raw: bytes, where: str) -> Reading:
    """Read .docx. Raises UnreadableSource for anything that is not a Word document."""
    _refuse_others(raw, where)
    try:
        document = Document(io.BytesIO(raw))
        lines = [line for block in document.iter_inner_content() for line in _lines(block)]
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        # python-docx and lxml (whose syntax errors are SyntaxErrors) fail in these ways on damaged parts.
        raise UnreadableSource(where, "the Word document is damaged", RESAVE) from None
    text = "\n".join(lines).strip()
    if not text:
        raise UnreadableSource(where, "the document holds no text", "Check that it is the right file")
    reading = labelled(text)
    return compose(_pieces(reading), joint="\n", repairs=reading.repairs)


def _refuse_others(raw: bytes, where: str) -> None:
    if not raw:
        raise UnreadableSource(where, "the file is empty", "Export the transcript again and import the new file")
    if raw.startswith(OLD_WORD):
        raise UnreadableSource(where, "this is an old or a locked Word document", RESAVE)
    try:
        parts = {part.filename: part.file_size for part in zipfile.ZipFile(io.BytesIO(raw)).infolist()}
    except zipfile.BadZipFile:
        raise UnreadableSource(where, "this is not a Word document, whatever its name says", RESAVE) from None
    if "word/document.xml" not in parts:
        raise UnreadableSource(where, "this is a zip archive renamed to .docx", "Unpack it and import what it holds")
    if sum(parts.values()) > MOST_UNPACKED:
        raise UnreadableSource(where, "the document unpacks to more than 200 MB", RESAVE)


def _lines(block: object) -> Iterator[str]:
    """The lines of a paragraph; a row of a table becomes a line with its speaker in front."""
    if isinstance(block, Table):
        for row in block.rows:
            yield from _row([cell.text.strip() for cell in row.cells])
    else:
        yield from str(getattr(block, "text", "")).split("\n")


def _row(cells: list[str]) -> Iterator[str]:
    cells = [cell for cell in cells if cell]
    if len(cells) > 1:
        *head, speech = cells
        label = " ".join(" ".join(cell.rstrip(":").split()) for cell in head)
        cells = [f"{label}: {speech}"]
    for cell in cells:
        yield from cell.split("\n")


def _pieces(reading: Reading) -> Iterator[Utterance]:
    heads = real_heads(reading.text)
    yield Utterance(None, reading.text[: heads[0].start if heads else None].strip())
    for turn in reading.turns:
        lines = [line.strip() for line in turn.of(reading.text).split("\n")]
        yield Utterance(turn.speaker, "\n".join(filter(None, lines)), turn.time_start, turn.time_end)
