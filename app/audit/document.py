"""A persona document read into lines marked as in Markdown: headings, list items, quotations and paragraphs.

Formats: .md, .txt, .docx (its styles become marks) and .json (each string a line; keys say what it is).
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.errors import BadInput
from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import decode
from retrieval.readers.files import load
from retrieval.readers.office import DAMAGE, RESAVE

FORMATS = (".md", ".txt", ".docx", ".json")
# A persona fills a page or two; whatever is this long is a transcript or a book.
MOST_CHARACTERS = 200_000
STYLES = {"title": "# ", "heading": "## ", "list": "- ", "quote": "> ", "intense quote": "> ", "caption": "![] "}
QUOTE_KEYS = frozenset({"quote", "quotes", "verbatim", "verbatims", "voices", "in_their_words", "customer_words"})
SPEAKER_KEYS = ("participant", "participant_id", "speaker", "source", "by", "who")
WORDS_KEYS = ("quote", "text", "words", "verbatim")
FACT_KEYS = frozenset({
    "id", "name", "title", "age", "gender", "sex", "photo", "image", "avatar", "picture", "role", "job", "occupation",
    "location", "city", "country", "income", "education", "family", "marital_status", "company", "industry", "version",
    "date", "author", "created", "updated", "sha256", "status", "kind", "schema_version",
})  # fmt: skip


def read_document(path: Path) -> str:
    """The document as marked lines.

    Raises BadInput for a format that is not read and for a document that is empty or far too long,
    UnreadableSource for a file that is damaged or cannot be opened.
    """
    if path.suffix.lower() not in FORMATS:
        raise BadInput(f"{path}: an audit reads {', '.join(FORMATS)}. Save the document as one of them.")
    text = _marked(load(path, path.name), path)
    if not text.strip():
        raise BadInput(f"{path}: the document is empty. Check that it is the right file.")
    if len(text) > MOST_CHARACTERS:
        raise BadInput(
            f"{path}: {len(text):,} characters are no persona; an audit reads up to {MOST_CHARACTERS:,}. "
            "Cut out the pages that describe the persona."
        )
    return text


def _marked(raw: bytes, path: Path) -> str:
    if path.suffix.lower() == ".docx":
        return "\n\n".join(_word_lines(raw, path.name))
    text = decode(raw, path.name)
    return "\n\n".join(_json_lines(_parsed(text, path))) if path.suffix.lower() == ".json" else text


def _word_lines(raw: bytes, where: str) -> Iterator[str]:
    from docx import Document

    try:
        blocks = list(Document(io.BytesIO(raw)).iter_inner_content())
        lines = [line for block in blocks for line in _of_block(block)]
    except DAMAGE:
        # python-docx fails in these ways on what is no Word document.
        raise UnreadableSource(where, "the Word document is damaged", RESAVE) from None
    yield from lines


def _of_block(block: Any) -> list[str]:
    if hasattr(block, "rows"):
        return [f"- {': '.join(cells)}" for row in block.rows if (cells := _cells(row))]
    name = (block.style.name or "").lower() if block.style is not None else ""
    mark = next((mark for style, mark in STYLES.items() if name.startswith(style)), "")
    return [f"{mark}{block.text.strip()}"] if block.text.strip() else []


def _cells(row: Any) -> list[str]:
    """The row's texts; a merged cell stands once."""
    return list(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path}: the file is not JSON. Correct it or give the document as text.") from error


def _json_lines(value: Any, key: str = "") -> Iterator[str]:
    """Each string as a line: a fact by its key, a quotation with its speaker, anything else a list item."""
    if isinstance(value, dict):
        yield from _of_object(value, key)
    elif isinstance(value, list):
        for one in value:
            yield from _json_lines(one, key)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield from _of_scalar(str(value), key)


def _of_object(value: dict[str, Any], key: str) -> Iterator[str]:
    speaker = next((str(value[name]) for name in SPEAKER_KEYS if isinstance(value.get(name), str)), "")
    words = next((value[name] for name in WORDS_KEYS if isinstance(value.get(name), str)), "")
    if words and (speaker or "quote" in value or key.lower() in QUOTE_KEYS):
        yield f"> {words}\n> — {speaker}" if speaker else f"> {words}"
        return
    for name, one in value.items():
        yield from _json_lines(one, str(name))


def _of_scalar(value: str, key: str) -> Iterator[str]:
    words = " ".join(value.split())
    if not words:
        return
    if key.lower() in FACT_KEYS:
        yield f"- {key}: {words}"
    else:
        yield f"> {words}" if key.lower() in QUOTE_KEYS else f"- {words}"
