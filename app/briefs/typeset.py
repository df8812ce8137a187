"""A brief as PDF: the same parts as every other file, set with numbered proof points that sentences link to."""

from dataclasses import asdict
from typing import Any

from app.briefs.document import Document
from app.typesetting import TEMPLATES, set_pdf

TEMPLATE = TEMPLATES / "briefs" / "brief.typ"


def to_pdf(document: Document) -> bytes:
    """The document as the bytes of a PDF with bookmarks and page numbers; equal documents give equal bytes."""
    return set_pdf(TEMPLATE, sheet(document))


def sheet(document: Document) -> dict[str, Any]:
    """The document as the template reads it."""
    stale = [f"Stale: {document.stale}"] if document.stale else []
    return asdict(document) | {"notices": [*stale, *document.flags]}
