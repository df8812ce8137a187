"""Style sheets and scripts: ours, the playbook's furniture, and htmx as it comes with its package."""

import hashlib
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
# Addresses carry a digest of what they lead to, so browsers may keep it.
FOREVER = "public, max-age=31536000, immutable"


def static_files() -> Starlette:
    """What is served under /static."""
    return Starlette(
        routes=[
            Route("/house.css", house),
            Mount("/htmx", KeptFiles(packages=[(HTMX_PACKAGE, HTMX_FOLDER)])),
            Mount("/", KeptFiles(directory=STATIC)),
        ]
    )


class KeptFiles(StaticFiles):
    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer: Response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["cache-control"] = FOREVER
        return answer


def house(_request: Request) -> Response:
    """The playbook's style sheet: tokens and furniture that the pages share with it."""
    return Response(_house(), media_type="text/css", headers={"cache-control": FOREVER})


@cache
def _house() -> str:
    return style_sheet(MOST_PEOPLE)


@cache
def address(name: str) -> str:
    """Where an asset is found: `house.css`, `htmx.js`, or a file of `app/static`."""
    if name == "house.css":
        return f"/static/house.css?v={_digest(_house().encode())}"
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
