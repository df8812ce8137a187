"""The door of local mode: who is let in, and what every answer carries.

One owner on one machine, without a login. `dramatis serve` prints an address with a secret made for that start; whoever
opens it gets a cookie that holds something derived from it. So neither another user of the machine nor a page
in the owner's own browser can read or change anything:

- only loopback is answered, and only under a loopback name (a foreign name that resolves here is refused)
- every path but the entrance and the style sheets needs the cookie, or the secret as a bearer token
- a request that changes something must come from our own pages (`Origin`), and carry the token that is in their forms
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.principal import Principal
from app.web.refusals import Refusal, refused

SAFE = {"GET", "HEAD", "OPTIONS"}
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]"}
ENTRANCE, STATIC, API = "/enter", "/static/", "/api/"
TOKEN_HEADER = "x-csrf-token"  # noqa: S105 (the name of a header)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SECURE = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: browsers then send our own forms with `Origin: null`.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

NOT_LOCAL = Refusal(403, "Only for this machine", "The workbench answers on this machine only, under 127.0.0.1.")
NOT_ENTERED = Refusal(
    401, "Not let in yet", "Open the address that “dramatis serve” printed; it holds the key of this start."
)
FOREIGN = Refusal(
    403, "Sent from elsewhere", "This did not come from a page of this workbench. Reload the page, try again."
)


@dataclass(frozen=True)
class Keys:
    """What is derived from the secret of a start."""

    secret: str

    @property
    def session(self) -> str:
        return self._derived("session")

    @property
    def csrf(self) -> str:
        return self._derived("csrf")

    def opens(self, given: str) -> bool:
        return same(given, self.secret)

    def in_session(self, given: str) -> bool:
        return same(given, self.session)

    def is_csrf(self, given: str) -> bool:
        return same(given, self.csrf)

    def _derived(self, use: str) -> str:
        return hmac.new(self.secret.encode(), use.encode(), hashlib.sha256).hexdigest()


def secured(scope: Scope, send: Send) -> Send:
    """What sends an answer with the headers that every answer has."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURE.items():
                headers.setdefault(name, value)
            if not scope["path"].startswith(STATIC):
                headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending


def same(given: str, known: str) -> bool:
    """Whether two secrets are the same, in equal time either way."""
    return hmac.compare_digest(given.encode(errors="replace"), known.encode())


def cookie_name(host: str) -> str:
    """Cookies know no ports, and two workbenches may run side by side."""
    port = host.rpartition(":")[2]
    return f"dramatis_{port}" if port.isdigit() else "dramatis"


class LocalDoor:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp, keys: Keys, owner: Principal):
        self.app, self.keys, self.owner = app, keys, owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        refusal = self.judge(scope)
        if refusal is None:
            scope["state"] = {**scope.get("state", {}), "principal": self.owner, "csrf": self.keys.csrf}
        await (refused(refusal) if refusal else self.app)(scope, receive, secured(scope, send))

    def judge(self, scope: Scope) -> Refusal | None:
        """Why a request is not let in; None where it is."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not (_is_loopback(scope.get("client")) and is_local_name(host)):
            return NOT_LOCAL
        if scope["path"] == ENTRANCE or scope["path"].startswith(STATIC):
            return None if scope["method"] in SAFE else FOREIGN
        if self._bears(headers):
            return None
        if not self.keys.in_session(cookie_of(headers.getlist("cookie"), cookie_name(host))):
            return NOT_ENTERED
        return None if scope["method"] in SAFE else self._changes(scope, headers, host)

    def _changes(self, scope: Scope, headers: Headers, host: str) -> Refusal | None:
        """Browsers name the origin of everything that changes something; forms carry their token in a field."""
        if headers.get("origin") != f"{scope['scheme']}://{host}":
            return FOREIGN
        token = headers.get(TOKEN_HEADER)
        if token is None:
            return FOREIGN if scope["path"].startswith(API) else None
        return None if self.keys.is_csrf(token) else FOREIGN

    def _bears(self, headers: Headers) -> bool:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self.keys.opens(token.strip())


def _is_loopback(client: tuple[str, int] | None) -> bool:
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


def is_local_name(host: str) -> bool:
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    return (name if colon and port.isdigit() else host).lower() in LOOPBACK_NAMES


def cookie_of(lines: Iterable[str], name: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    try:
        for line in lines:
            jar.load(line)
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""
