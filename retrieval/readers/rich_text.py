"""Rich text (.rtf), by striprtf; labels are found as in plain text. Headers, footnotes and pictures are left out."""

import re

from striprtf.striprtf import rtf_to_text

from retrieval.errors import UnreadableSource
from retrieval.readers.office import paragraphs
from retrieval.readers.reading import Reading

RESAVE = "Open it in a word processor, save it as .docx and import that file"
# striprtf reads sign by sign, about 1 MB a second; transcripts of a day stay below this even with their fonts.
MOST_BYTES = 20_000_000
MOST_WITHOUT_PICTURES = 1_500_000
PICTURE = re.compile(rb"(?:[0-9a-fA-F]{64,}[\r\n]*)+")


def read_rtf(raw: bytes, where: str) -> Reading:
    """Read .rtf. Raises UnreadableSource for what is not rich text, or too large to be a transcript."""
    if not raw.strip():
        raise UnreadableSource(where, "the file is empty", "Export the transcript again and import the new file")
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise UnreadableSource(where, "this is not rich text, whatever its name says", RESAVE)
    words = PICTURE.sub(b"", raw) if len(raw) <= MOST_BYTES else raw
    if len(words) > MOST_WITHOUT_PICTURES:
        raise UnreadableSource(where, "it is too large for a transcript in rich text", RESAVE)
    try:
        text = rtf_to_text(words.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, TypeError, AttributeError, OverflowError):
        raise UnreadableSource(where, "the rich text is damaged", RESAVE) from None
    # Signs beyond the basic plane are written as two halves.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = [_row(line) for line in whole.replace("\r", "\n").split("\n")]
    return paragraphs(lines, where, [])


def _row(line: str) -> str:
    """A row of a table, which striprtf writes as `Dana|Hello|`, as a labelled line."""
    if line.count("|") < 2 or not line.rstrip().endswith("|"):
        return line
    *head, speech = [cell.strip() for cell in line.rstrip().rstrip("|").split("|")]
    return f"{' '.join(head)}: {speech}" if any(head) else speech
