"""The study as documents for people who never log in: one for each audience, in each format."""

from collections.abc import Callable

from app.exports.measured import scores_in
from app.exports.outgoing import Outgoing
from app.models.field import load_fields
from app.playbook.addressing import for_audience
from app.playbook.audience import WHOLE, Audience
from app.playbook.markdown import to_markdown
from app.playbook.office import to_docx
from app.playbook.page import playbook_view
from app.playbook.render import render_view
from app.playbook.typeset import typeset
from app.playbook.view import PlaybookView

# How a playbook is written: ending → (media type, what the file is good for, who writes it).
FORMATS: dict[str, tuple[str, str, Callable[[PlaybookView], bytes]]] = {
    "html": ("text/html; charset=utf-8", "One page to read, print or send, without network.",
             lambda view: render_view(view).encode()),
    "pdf": ("application/pdf", "To print and send: contents, bookmarks, numbered quotes.", typeset),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",
             "A Word document to edit, with real styles and linked evidence.", to_docx),
    "md": ("text/markdown; charset=utf-8", "Plain text with headings, for wikis and editors.",
           lambda view: to_markdown(view).encode()),
}  # fmt: skip


def playbook_name(audience: Audience, ending: str) -> str:
    """`playbook.html` is the whole; `playbook-sales.html` is for one audience."""
    return f"playbook.{ending}" if audience.id == WHOLE else f"playbook-{audience.id}.{ending}"


def playbook_for(out: Outgoing, audience: Audience) -> PlaybookView:
    """The cast as it goes out to these readers; others' words stay in where theirs must be cleared."""
    view = playbook_view(
        out.cast,
        out.material.sources,
        out.material.evidence,
        load_fields(),
        out.strategy,
        out.briefs,
        withheld=out.withheld if audience.cleared else frozenset(),
        scores=scores_in(out.bench.settings.results / out.study_id / "evals"),
    )
    return for_audience(view, audience)
