"""Kept pages: what was answered to a reader, packed and ready for the next, until anybody writes to the database.

A page depends on nothing but the database, its address, who reads it and which jobs are under way. So it is made once
for each state of these; with the first change all are forgotten, and nothing of anybody stays in memory. Pages that may
become another without a change, such as that of a job, are not kept: they say so with the header `FLEETING`.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.principal import Principal
from app.store.remembered import Remembered

FLEETING = "x-dramatis-fleeting"
# All pages of a large study fit: they are a few kilobytes each when packed.
MOST_BYTES = 24 * 1024 * 1024
Question = tuple[str, bytes, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Kept:
    messages: list[Message]
    size: int


class KeptPages:
    """ASGI middleware around everything that makes and packs pages. `pulse` differs when other jobs are under way."""

    def __init__(self, app: ASGIApp, revisions: Remembered, pulse: Callable[[], Hashable] = lambda: None):
        self.app, self.revisions, self.pulse = app, revisions, pulse
        self._known: object = None
        self._state: object = None
        self._beat: Hashable = None
        self._pages: OrderedDict[Question, Kept] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _may_be_kept(scope):
            await self.app(scope, receive, send)
            return
        question, state = _question(scope), self._now()
        kept = self._pages.get(question)
        if kept is not None:
            self._pages.move_to_end(question)
            for message in kept.messages:
                await send(dict(message, headers=list(message["headers"])) if "headers" in message else message)
            return
        await self._make(question, state, scope, receive, send)

    async def _make(self, question: Question, state: object, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the page be made, and keep it where nobody wrote meanwhile."""
        messages: list[Message] = []
        keeping = False

        async def noting(message: Message) -> None:
            nonlocal keeping
            if message["type"] == "http.response.start":
                keeping = _is_page(message)
                del MutableHeaders(scope=message)[FLEETING]
            if keeping:
                messages.append(dict(message, headers=list(message["headers"])) if "headers" in message else message)
            await send(message)

        await self.app(scope, receive, noting)
        if keeping and self._now() is state:
            self._keep(question, messages)

    def _now(self) -> object:
        """The same object as long as nobody writes and no job begins or ends; else all pages are forgotten."""
        known, beat = self.revisions.get("state", object), self.pulse()
        if known is not self._known or beat != self._beat:
            self._pages.clear()
            self._known, self._beat, self._state, self._size = known, beat, object(), 0
        return self._state

    def _keep(self, question: Question, messages: list[Message]) -> None:
        kept = Kept(messages, sum(len(message.get("body", b"")) for message in messages))
        earlier = self._pages.pop(question, None)
        self._size += kept.size - (earlier.size if earlier else 0)
        self._pages[question] = kept
        while self._size > MOST_BYTES:
            self._size -= self._pages.popitem(last=False)[1].size


def _may_be_kept(scope: Scope) -> bool:
    """Pages that nobody was let in to, such as the login, are no one's to keep."""
    return "principal" in scope.get("state", {}) and not scope["path"].startswith(("/static/", "/api/"))


def _question(scope: Scope) -> Question:
    headers = Headers(scope=scope)
    part = headers.get("hx-request") == "true" and "hx-history-restore-request" not in headers
    return scope["path"], scope["query_string"], "gzip" in headers.get("accept-encoding", ""), part, _reader(scope)


def _reader(scope: Scope) -> str:
    """Tells sessions apart: pages hold what one may do, and the token of one's forms."""
    you: Principal = scope["state"]["principal"]
    return you.key


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    html = headers.get("content-type", "").startswith("text/html")
    return message["status"] == 200 and html and FLEETING not in headers
