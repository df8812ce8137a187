"""Limits: a body that is too long is refused while it comes, before it fills the disk."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import Stopped, as_problem, problem_for
from app.errors import TooLarge


class LimitedBodies:
    """ASGI middleware: counts the bytes of requests under `prefix` and answers 413 over `limit`."""

    def __init__(self, app: ASGIApp, limit: int, prefix: str):
        self.app, self.limit, self.prefix = app, limit, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self.prefix):
            return await self.app(scope, receive, send)
        if _announced(scope) > self.limit:
            return await as_problem(problem_for(TooLarge(self.limit)))(scope, receive, send)
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.limit:
                raise Stopped(TooLarge(self.limit))
            return message

        return await self.app(scope, counted, send)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0
