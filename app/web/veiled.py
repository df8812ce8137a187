"""The veil over answers: whoever may only see words that were given for marketing is sent no others.

It lies over every page and every answer of REST that belongs to a study, as `app.access.veil` has it.
"""

import csv
import json
from io import StringIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.permission import STUDY_PARAMETERS
from app.access.principal import Principal, Sight
from app.access.veil import Veil
from app.access.veiling import veil_of
from app.cells import csv_lines
from app.web.rooms import Rooms

WORDS = ("text/", "application/json", "application/problem+json")
# Calendars hold names and dates, and a line of theirs may be broken anywhere.
NEVER = ("text/event-stream", "text/calendar")


class Veils:
    """The veil of each study, made once for each state of the database."""

    def __init__(self, rooms: Rooms):
        self._rooms = rooms

    def over(self, study_id: str) -> Veil:
        return self._rooms.once(("veil", study_id), lambda: veil_of(self._rooms.bench.store, study_id))


class Veiled:
    """ASGI middleware inside whatever packs and keeps answers."""

    def __init__(self, app: ASGIApp, veils: Veils):
        self.app, self.veils = app, veils

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        you = scope.get("state", {}).get("principal")
        if scope["type"] != "http" or not isinstance(you, Principal) or you.sight is Sight.ALL:
            await self.app(scope, receive, send)
            return
        # The tag of an answer is that of the words under the veil: it would be the same after consent has changed.
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
        first: Message | None = None
        body = bytearray()

        async def holding(message: Message) -> None:
            """Keep an answer in words back until it is whole; let everything else go."""
            nonlocal first
            if message["type"] == "http.response.start" and _in_words(scope, message, you):
                first = message
            elif first is None:
                await send(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await self._send(scope, first, bytes(body), send)

        await self.app(scope, receive, holding)

    async def _send(self, scope: Scope, first: Message, body: bytes, send: Send) -> None:
        headers = MutableHeaders(scope=first)
        shown = await run_in_threadpool(self._veiled, _study(scope), headers.get("content-type", ""), body)
        if scope["method"] != "HEAD":
            headers["content-length"] = str(len(shown))
        await send(first)
        await send({"type": "http.response.body", "body": shown})

    def _veiled(self, study_id: str, kind: str, body: bytes) -> bytes:
        veil, text = self.veils.over(study_id), body.decode("utf-8", errors="replace")
        if kind.startswith("text/html"):
            return veil.page(text).encode()
        if "json" in kind and text:
            given = json.loads(text)
            shown = veil.json(given)
            return body if shown == given else json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
        if kind.startswith("text/csv"):
            return _table(veil, text).encode()
        return veil.text(text).encode()


def _table(veil: Veil, text: str) -> str:
    """A table cell by cell: words of two cells are no run, and what is withheld leaves the columns as they are."""
    rows = list(csv.reader(StringIO(text, newline="")))
    shown = [[veil.text(cell) for cell in row] for row in rows]
    return text if shown == rows else csv_lines(shown)


def _study(scope: Scope) -> str:
    given = scope.get("path_params", {})
    return next((str(given[name]) for name in STUDY_PARAMETERS if name in given), "")


def _in_words(scope: Scope, message: Message, you: Principal) -> bool:
    """Whether it is of a study one belongs to: there is nothing of another in it, and no veil is made for that."""
    study, kind = _study(scope), MutableHeaders(raw=message["headers"]).get("content-type", "")
    return bool(study) and you.belongs_to(study) and kind.startswith(WORDS) and not kind.startswith(NEVER)
