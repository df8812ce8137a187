"""OpenDocument text (.odt), as LibreOffice and Google Docs write it: paragraphs, headings, table rows.

Tracked deletions, comments and footnotes are no speech and are left out. The rest is as for Word.
"""

from collections.abc import Iterator

from lxml import etree

from retrieval.errors import UnreadableSource
from retrieval.readers.office import paragraphs, row_lines
from retrieval.readers.parts import open_parts, parse_xml, read_part
from retrieval.readers.reading import Reading

RESAVE = "Open it in a word processor, save it as .odt or .docx and import that file"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MOST_SPACES = 100
LINES = {f"{TEXT}p", f"{TEXT}h"}
ASIDES = {f"{OFFICE}annotation": "comments", f"{TEXT}note": "footnotes"}
SKIPPED = {*ASIDES, f"{TEXT}tracked-changes", f"{OFFICE}annotation-end"}


def read_odt(raw: bytes, where: str) -> Reading:
    """Read .odt. Raises UnreadableSource for anything that is not an OpenDocument text."""
    if not raw:
        raise UnreadableSource(where, "the file is empty", "Export the transcript again and import the new file")
    with open_parts(raw, where, "an OpenDocument text", RESAVE) as archive:
        if "content.xml" not in archive.namelist():
            remedy = "Unpack it and import what it holds"
            raise UnreadableSource(where, "this is a zip archive renamed to .odt", remedy)
        root = parse_xml(read_part(archive, "content.xml", where, RESAVE), where, RESAVE)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableSource(where, "this OpenDocument file is no text document", RESAVE)
    asides = [word for tag, word in ASIDES.items() if next(body.iter(tag), None) is not None]
    repairs = [f"the {', '.join(asides)} of the document were left out"] if asides else []
    return paragraphs(list(_lines(body)), where, repairs)


def _lines(block: "etree._Element") -> Iterator[str]:
    for child in block:
        if child.tag in LINES:
            yield from _text(child).split("\n")
        elif child.tag == f"{TABLE}table-row":
            cells = child.findall(f"{TABLE}table-cell")
            yield from row_lines(["\n".join(_lines(cell)).strip() for cell in cells])
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            yield from _lines(child)


def _text(element: "etree._Element") -> str:
    parts = [element.text or ""]
    for child in element:
        parts.append(_piece(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _piece(child: "etree._Element") -> str:
    if child.tag == f"{TEXT}s":
        count = child.get(f"{TEXT}c", "1")
        return " " * min(MOST_SPACES, int(count)) if count.isascii() and count.isdigit() and len(count) < 5 else " "
    if child.tag == f"{TEXT}tab":
        return "\t"
    if child.tag == f"{TEXT}line-break":
        return "\n"
    return "" if child.tag in SKIPPED or not isinstance(child.tag, str) else _text(child)
