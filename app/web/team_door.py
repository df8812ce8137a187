"""The door of team mode: accounts, sessions and tokens.

A browser that logged in holds a cookie with a random secret; we know its digest. What changes something must come from
our own pages (`Origin`), and carry the token of its session. Programs bring a token of their own, and no cookie counts
beside it. Where the workbench was told its public address, it answers to no other; else it answers under loopback names
and numeric addresses, because a foreign name may be somebody's way around the browser's rules.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.access.entry import Entry
from app.access.principal import Principal
from app.access.throttle import Throttle
from app.errors import BadInput
from app.web.door import API, FOREIGN, SAFE, STATIC, TOKEN_HEADER, cookie_of, is_local_name, same, secured
from app.web.refusals import Refusal, refused

LOGIN = "/login"
OPEN_PATHS = {LOGIN}
PROBLEM = "application/problem+json"
ELSEWHERE = Refusal(
    421, "Not under this name", "The workbench does not answer under this name. Start it with --address to name it."
)
NO_TOKEN = "Log in, or send a token: Authorization: Bearer …"  # noqa: S105 (a sentence)


@dataclass(frozen=True)
class Team:
    """What logging in needs. `address` is where people find the workbench, empty where it was not told."""

    entry: Entry
    address: str = ""
    throttle: Throttle = field(default_factory=Throttle)

    def is_ours(self, host: str) -> bool:
        return host == urlsplit(self.address).netloc if self.address else is_local_name(host) or _is_numeric(host)

    def origin(self, scope: Scope) -> str:
        return self.address or f"{scope['scheme']}://{Headers(scope=scope).get('host', '')}"

    def is_secure(self, scope: Scope) -> bool:
        return self.origin(scope).startswith("https://")

    def cookie(self, scope: Scope) -> str:
        """The prefix lets nobody else set it. Cookies know no ports, so ours is in the name."""
        if self.is_secure(scope):
            return "__Host-dramatis"
        port = Headers(scope=scope).get("host", "").rpartition(":")[2]
        return f"dramatis_team_{port}" if port.isdigit() else "dramatis_team"


def public_address(given: str) -> str:
    """The scheme and host of an address; BadInput for anything else."""
    parts = urlsplit(given.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.username:
        raise BadInput(f"“{given}” is no address of a workbench. Write it like https://dramatis.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def csrf_of(secret: str) -> str:
    """The token of a session's forms: nobody learns the session from it."""
    return hmac.new(secret.encode(errors="replace"), b"csrf", hashlib.sha256).hexdigest()


def local_path(wanted: str) -> str:
    """Where to go after logging in: a path of ours, never another site."""
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    ours = wanted.startswith("/") and not wanted.startswith("//") and not urlsplit(wanted).netloc if plain else False
    return wanted if ours and not wanted.startswith(LOGIN) else "/"


@dataclass(frozen=True)
class Known:
    """Who asks, and with which secret: of a session, or of a token."""

    you: Principal
    secret: str


class TeamDoor:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp, team: Team):
        self.app, self.team = app, team

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = await self._judge(scope)
        await (refusal or self.app)(scope, receive, secured(scope, send))

    async def _judge(self, scope: Scope) -> Response | None:
        """The answer to whoever is not let in; None for who is, and then the scope says who."""
        headers, changes = Headers(scope=scope), scope["method"] not in SAFE
        if not self.team.is_ours(headers.get("host", "").lower()):
            return refused(ELSEWHERE)
        if scope["path"].startswith(STATIC):
            return refused(FOREIGN) if changes else None
        bearer = headers.get("authorization")
        known = await self._bearer(bearer) if bearer is not None else await self._session(scope, headers)
        if known:
            scope["state"] = {**scope.get("state", {}), "principal": known.you, "csrf": csrf_of(known.secret)}
        if bearer is None and changes and headers.get("origin") != self.team.origin(scope):
            return _foreign(scope)
        if known is None:
            return None if scope["path"] in OPEN_PATHS and bearer is None else _ask_to_log_in(scope, headers)
        return self._unsent(scope, headers, known) if changes else None

    def _unsent(self, scope: Scope, headers: Headers, known: Known) -> Response | None:
        """Pages' forms carry the session's token in a field, which their route checks; everything else in a header."""
        api, token = scope["path"].startswith(API), headers.get(TOKEN_HEADER)
        if headers.get("authorization") is not None:
            return None if api else _foreign(scope)
        if token is None:
            return _foreign(scope) if api else None
        return None if same(token, csrf_of(known.secret)) else _foreign(scope)

    async def _bearer(self, header: str) -> Known | None:
        kind, _, secret = header.partition(" ")
        you = await run_in_threadpool(self.team.entry.by_token, secret.strip()) if kind.lower() == "bearer" else None
        return Known(you, secret.strip()) if you else None

    async def _session(self, scope: Scope, headers: Headers) -> Known | None:
        secret = cookie_of(headers.getlist("cookie"), self.team.cookie(scope))
        you = await run_in_threadpool(self.team.entry.by_session, secret) if secret else None
        return Known(you, secret) if you else None


def _foreign(scope: Scope) -> Response:
    return _problem(403, "forbidden", FOREIGN.text) if scope["path"].startswith(API) else refused(FOREIGN)


def _ask_to_log_in(scope: Scope, headers: Headers) -> Response:
    if scope["path"].startswith(API):
        return _problem(401, "unauthorized", NO_TOKEN, {"WWW-Authenticate": 'Bearer realm="Dramatis"'})
    query = scope["query_string"].decode("latin-1")
    wanted = local_path(quote(scope["path"]) + (f"?{query}" if query else ""))
    to_login = LOGIN if wanted == "/" or scope["method"] not in SAFE else f"{LOGIN}?next={quote(wanted, safe='')}"
    if headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": LOGIN})
    return RedirectResponse(to_login, status_code=303)


def _problem(status: int, kind: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    title = {401: "Unauthorized", 403: "Forbidden"}[status]
    body = {"type": kind, "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, headers=headers, media_type=PROBLEM)


def _is_numeric(host: str) -> bool:
    """Whether it is an address in numbers, with a port or without."""
    bare = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        return bool(ipaddress.ip_address(bare))
    except ValueError:
        return False
