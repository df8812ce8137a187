"""A brief as one self-contained HTML file: nothing to fetch, no script, and a policy that allows neither."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.briefs.document import Document
from app.playbook.render import policy

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def to_html(document: Document) -> str:
    """The document as HTML. Pure: it reads its own templates and nothing else."""
    style = (TEMPLATES / "briefs" / "brief.css").read_text(encoding="utf-8").strip()
    return _environment().get_template("briefs/page.html.j2").render(
        document=document, policy=policy(style), style=Markup(style),  # noqa: S704 (our own file)
    )  # fmt: skip


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
