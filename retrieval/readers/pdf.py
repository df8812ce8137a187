"""PDF transcripts, by pypdf: pages of lines made into turns again.

A PDF knows lines on pages, not sentences. Page numbers and running heads go, lines broken inside a
sentence are joined, words divided at a line's end are put together; each with a line in the repairs.
Scanned pages hold no text and are refused. The stored text is composed as for Word.
"""

import io
import logging
from collections.abc import Iterator

from retrieval.errors import UnreadableSource
from retrieval.readers.own_lines import find_heads
from retrieval.readers.pages import flowing, without_furniture
from retrieval.readers.plain import labelled
from retrieval.readers.reading import Reading, Utterance, compose, storable

RESAVE = "Export the transcript as text (.txt or .docx) and import that file"
MOST_BYTES = 100_000_000
MOST_PAGES = 1_000
# A page of a transcript holds some 3,000 signs; a page of a trap holds millions.
MOST_SIGNS = 200_000
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": "-"})


def read_pdf(raw: bytes, where: str) -> Reading:
    """Read .pdf. Raises UnreadableSource for a damaged, locked, scanned or endless document."""
    if not raw.strip():
        raise UnreadableSource(where, "the file is empty", "Export the transcript again and import the new file")
    if b"%PDF-" not in raw[:1024]:
        raise UnreadableSource(where, "this is not a PDF, whatever its name says", RESAVE)
    if len(raw) > MOST_BYTES:
        raise UnreadableSource(where, "the PDF is larger than 100 MB", RESAVE)
    pages = _pages(raw, where)
    if not any(map(str.strip, pages)):
        remedy = "Run text recognition (OCR) over it, or export the transcript as text"
        raise UnreadableSource(where, "the PDF holds pictures of pages and no text", remedy)
    lines, repairs = without_furniture([_lines(page) for page in pages])
    reading = labelled("\n".join(lines).strip())
    words = set(reading.text.split())
    return compose(_pieces(reading, words), joint="\n", repairs=repairs + reading.repairs)


def _pages(raw: bytes, where: str) -> list[str]:
    """The text of each page."""
    # Loaded here because it takes 0.2 s, and most imports hold no PDF.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it prints a line for everything it mends
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableSource(where, "the PDF is locked with a password", "Save it without one and import that")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableSource(where, f"the PDF has more than {MOST_PAGES} pages", RESAVE)
        return [_text(page.extract_text(), where) for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, ArithmeticError,
            NotImplementedError, RecursionError, LookupError, OSError, EOFError, MemoryError, ImportError):  # fmt: skip
        # pypdf lets whatever a damaged object leads to come through: types, keys, numbers, filters, missing ciphers.
        raise UnreadableSource(where, "the PDF is damaged or of a kind that cannot be read", RESAVE) from None


def _text(page: str, where: str) -> str:
    if len(page) > MOST_SIGNS:
        raise UnreadableSource(where, "a page of the PDF holds more text than a page can", RESAVE)
    return storable(page.translate(LIGATURES))


def _lines(page: str) -> list[str]:
    return [line.rstrip() for line in page.replace("\r", "\n").split("\n")]


def _pieces(reading: Reading, words: set[str]) -> Iterator[Utterance]:
    heads = find_heads(reading.text)
    before = reading.text[: heads[0].start if heads else None]
    yield Utterance(None, flowing(before.split("\n"), words))
    for turn in reading.turns:
        speech = flowing(turn.of(reading.text).split("\n"), words)
        yield Utterance(turn.speaker, speech, turn.time_start, turn.time_end)
