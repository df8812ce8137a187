"""Style sheets and scripts: ours, the playbook's furniture, and htmx as it comes with its package.

Pages load two sheets: `house.css`, which the playbook shares, and `web.css`, joined from `app/static/styles`.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from app.playbook.render import style_sheet

STATIC = Path(__file__).resolve().parents[1] / "static"
# One rule for every number of a bar; larger groups have the figures alone.
MOST_PEOPLE = 400
HTMX_PACKAGE, HTMX_FOLDER, HTMX = "django_htmx", "static/django_htmx", "htmx-2.min.js"
# `web.css`, in this order: what every page stands on first, so that a page's own file can say otherwise; paper last.
STYLES = (
    "ground", "pictures", "shell", "controls", "tables",
    "studies", "home", "sources", "participants", "reader", "coding", "evidence", "themes", "segments", "shaping",
    "personas", "review", "versions", "centres", "audit", "quality", "briefs", "exports", "jobs", "people",
    "print",
)  # fmt: skip
# Addresses carry a digest of what they lead to, so browsers may keep it.
FOREVER = "public, max-age=31536000, immutable"


def static_files() -> Starlette:
    """What is served under /static."""
    return Starlette(
        routes=[
            *(Route(f"/{name}", _sheet(make)) for name, make in SHEETS.items()),
            Mount("/htmx", KeptFiles(packages=[(HTMX_PACKAGE, HTMX_FOLDER)])),
            Mount("/", KeptFiles(directory=STATIC)),
        ]
    )


class KeptFiles(StaticFiles):
    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer: Response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["cache-control"] = FOREVER
        return answer


def _sheet(make: Callable[[], str]) -> Callable[[Request], Response]:
    def answer(_request: Request) -> Response:
        return Response(make(), media_type="text/css", headers={"cache-control": FOREVER})

    return answer


@cache
def _house() -> str:
    """The playbook's style sheet: tokens and furniture that the pages share with it."""
    return style_sheet(MOST_PEOPLE)


@cache
def _web() -> str:
    return "\n".join((STATIC / "styles" / f"{name}.css").read_text(encoding="utf-8").strip() for name in STYLES)


SHEETS: dict[str, Callable[[], str]] = {"house.css": _house, "web.css": _web}


@cache
def address(name: str) -> str:
    """Where an asset is found: a joined sheet, `htmx.js`, or a file of `app/static`."""
    if name in SHEETS:
        return f"/static/{name}?v={_digest(SHEETS[name]().encode())}"
    if name == "htmx.js":
        return f"/static/htmx/{HTMX}?v={_digest(_htmx().read_bytes())}"
    return f"/static/{name}?v={_digest((STATIC / name).read_bytes())}"


def _htmx() -> Path:
    spec = find_spec(HTMX_PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError("The package django-htmx is not installed: pip install --no-deps django-htmx")
    return Path(spec.origin).parent / HTMX_FOLDER / HTMX


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
