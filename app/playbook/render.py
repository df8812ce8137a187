"""`render_playbook`: a cast as one self-contained HTML page. Pure: it reads its own templates and nothing else.

The page holds other people's words, so it trusts none of them: everything is escaped, there is no script, and
the page's own policy allows nothing but the one style sheet, by its hash. Even markup that slipped through
could neither run, nor load, nor send anything.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.models.brief import Brief
from app.models.cast import Cast
from app.models.evidence import Evidence
from app.models.field import load_fields
from app.models.strategy import Strategy
from app.playbook.page import playbook_view
from app.playbook.view import PlaybookView
from app.playbook.words import count, listed, own_marks, people
from retrieval.evidence import Source

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "playbook"


def render_playbook(
    cast: Cast,
    sources: Sequence[Source],
    *,
    evidence: Sequence[Evidence] = (),
    strategy: Strategy | None = None,
    briefs: Sequence[Brief] = (),
) -> str:
    """The playbook of `cast` as HTML.

    `sources` must hold every source a claim cites; those that are cited are shown in full. `evidence` is
    everything coded: what no claim cites is then underlined in the transcripts, and the table of themes can
    count pieces. `strategy` is the advice to show with them, `briefs` those to list.
    Raises `NotFound` (a cited source is missing) or `BadInput` (a quote is not word for word,
    or not in the words of the participant it is credited to).
    """
    return render_view(playbook_view(cast, sources, evidence, load_fields(), strategy, briefs))


def render_view(view: PlaybookView) -> str:
    """A playbook as HTML, its sections in the order the view gives."""
    style = style_sheet(view.longest)
    page = environment().get_template("page.html.j2")
    return page.render(view=view, style=Markup(style), policy=policy(style))  # noqa: S704 (our own file)


@cache
def environment() -> Environment:
    """The templates. Escaping is on for every file, whatever its name; an unknown name is an error."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(count=count, people=people, listed=listed, own_marks=own_marks)
    return found


def style_sheet(longest: int) -> str:
    """The style sheet, with one rule for every count up to `longest`.

    Bars get their numbers from class names (`k-3 n-9`): style attributes would need a policy that hostile
    text could use as well.
    """
    css = (TEMPLATES / "playbook.css").read_text(encoding="utf-8").strip()
    rules = "".join(f".k-{n}{{--k:{n}}}.n-{n}{{--n:{n}}}" for n in range(longest + 1))
    return f"{css}\n{rules}"


def policy(style: str) -> str:
    """A content security policy under which nothing but this style sheet has any effect."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
