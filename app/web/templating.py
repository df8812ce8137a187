"""Templates: one environment, everything escaped, an unknown name is an error."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from app.activation.assigning import in_words
from app.outcomes.ranking import percent as share
from app.playbook.words import clock, count, family, label, listed, own_marks, people, percent
from app.web.assets import address

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def page(template: str, **view: Any) -> str:
    """The template of `app/templates/web` with what it is given."""
    return environment().get_template(template).render(view)


@cache
def environment() -> Environment:
    """The web's own templates. The furniture of playbooks is found under `playbook/`."""
    found = Environment(
        loader=FileSystemLoader([TEMPLATES / "web", TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        count=count, people=people, listed=listed, percent=percent, clock=clock, family=family, code=label, to=to,
        own_marks=own_marks, share=share, in_words=in_words,
        thousands=thousands, day=day, moment=moment, when=when, size=size,
    )  # fmt: skip
    found.globals["asset"] = address
    return found


@pass_context
def to(context: Context, fragment: str) -> str:
    """A playbook's fragment (`#c-m1-3`) as an address of the workbench, by the page's `room`."""
    address: str = context["room"].links.to(fragment)
    return address


def day(at: float) -> str:
    """Seconds since 1970 as a day."""
    return datetime.fromtimestamp(at, UTC).strftime("%-d %b %Y")


def moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")


def when(at: datetime | float) -> str:
    """“1 Dec 2026, 14:05”, by the clock of this machine."""
    here = (at if isinstance(at, datetime) else datetime.fromtimestamp(at, UTC)).astimezone()
    return f"{here.day} {here:%b %Y, %H:%M}"


def thousands(n: float) -> str:
    return f"{n:,.0f}"


def size(n: int) -> str:
    """“3.1 MB”, “840 KB”."""
    return f"{n / 1_000_000:.3g} MB" if n >= 1_000_000 else f"{max(round(n / 1000), 1)} KB"
