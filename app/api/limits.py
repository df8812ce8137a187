"""Limits: a body that is too long is refused while it comes, before it fills the disk."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import Stopped
from app.errors import TooLarge
from app.settings import Settings

MEGABYTE = 1_000_000


def limit_of(settings: Settings) -> int:
    """Bytes that one request may bring."""
    return settings.upload_mb * MEGABYTE


class LimitedBodies:
    """ASGI middleware: counts the bytes of requests under `prefix`, but those under `spare`, and refuses over `limit`.

    `refuse` answers a request that announces too much; one that says nothing of its length and then brings too much is
    `Stopped`, which the handlers of errors answer.
    """

    def __init__(
        self, app: ASGIApp, limit: int, refuse: Callable[[TooLarge], ASGIApp], prefix: str = "/", spare: str = ""
    ):
        self.app, self.limit, self.refuse = app, limit, refuse
        self.prefix, self.spare = prefix, spare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._counts(scope["path"]):
            return await self.app(scope, receive, send)
        if _announced(scope) > self.limit:
            return await self.refuse(TooLarge(self.limit))(scope, receive, send)
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.limit:
                raise Stopped(TooLarge(self.limit))
            return message

        return await self.app(scope, counted, send)

    def _counts(self, path: str) -> bool:
        return path.startswith(self.prefix) and not (self.spare and path.startswith(self.spare))


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0
