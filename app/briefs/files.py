"""Files a brief becomes, by the ending they are asked for with."""

from typing import NamedTuple

from app.briefs.document import document_of
from app.briefs.markdown import to_markdown
from app.briefs.office import FILE as DOCX
from app.briefs.office import to_docx
from app.briefs.page import to_html
from app.briefs.typeset import to_pdf
from app.errors import BadInput
from app.models.brief import Brief

KINDS = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": DOCX,
    "pdf": "application/pdf",
    "json": "application/json",
}


class BriefFile(NamedTuple):
    name: str
    media_type: str
    content: bytes


def brief_file(brief: Brief, kind: str, stale: str = "") -> BriefFile:
    """The brief as a file; BadInput for an ending there is none of."""
    if kind not in KINDS:
        raise BadInput(f"A brief can be had as {', '.join(KINDS)}, not as “{kind}”.")
    document = document_of(brief, stale)
    made = {
        "md": lambda: to_markdown(document).encode(),
        "html": lambda: to_html(document).encode(),
        "docx": lambda: to_docx(document),
        "pdf": lambda: to_pdf(document),
        "json": lambda: (brief.model_dump_json(indent=1) + "\n").encode(),
    }
    return BriefFile(f"{brief.id}.{kind}", KINDS[kind], made[kind]())
