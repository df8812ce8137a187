"""A brief as one self-contained HTML file: nothing to fetch, no script, and a policy that allows neither."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.briefs.document import Document
from app.playbook.render import policy
from app.playbook.words import own_marks

HERE = Path(__file__).resolve().parents[1]
TEMPLATES, PARTS = HERE / "templates", HERE / "static" / "brief.css"


def to_html(document: Document) -> str:
    """The document as HTML. Pure: it reads its own templates and nothing else."""
    style = "\n".join(path.read_text(encoding="utf-8").strip() for path in (TEMPLATES / "briefs" / "page.css", PARTS))
    return _environment().get_template("briefs/page.html.j2").render(
        document=document, policy=policy(style), style=Markup(style),  # noqa: S704 (our own file)
    )  # fmt: skip


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(own_marks=own_marks)
    return found
