"""The trail: every change that a request made is put into the audit log, in this one place.

A route names its action, so it is known what was done; its path names what it was done to, or the route does where a
form says it (`about`). What people wrote is in neither. A participant's id may be a name, and the log outlives them: so
it holds the digest that is left of them when they are erased. Routes that only look, though they are sent to, are named
in `app.access.action`; one that did nothing for once says so (`nothing_changed`).
"""

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.action import LOOKING, Action
from app.access.log import record
from app.access.permission import STUDY_PARAMETERS, rule_of
from app.access.principal import Principal
from app.intake.roster import digest_of
from app.store import Store
from app.web.door import SAFE

ABOUT, NOTHING = "about", "nothing changed"
PEOPLE = ("participant", "person")
# Of a digest: enough to tell the participants of a study apart.
SHORT = 16


def about(request: Request, **ids: str) -> None:
    """What a request is about, where its path does not say it; empty ids are left out."""
    request.scope.setdefault("state", {})[ABOUT] = {name: id for name, id in ids.items() if id}


def nothing_changed(request: Request) -> None:
    """The request is answered as if it had been carried out, and was not."""
    request.scope.setdefault("state", {})[NOTHING] = True


class Trail:
    """ASGI middleware behind the door."""

    def __init__(self, app: ASGIApp, store: Store):
        self.app, self.store = app, store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return

        async def noting(message: Message) -> None:
            """Before the answer goes out: whoever is told that it was done finds it in the log."""
            if message["type"] == "http.response.start" and message["status"] < 400:
                await run_in_threadpool(self._note, scope, Headers(raw=message["headers"]))
            await send(message)

        await self.app(scope, receive, noting)

    def _note(self, scope: Scope, headers: Headers) -> None:
        action, state = _action(scope), scope.get("state", {})
        you = state.get("principal")
        if action is None or action in LOOKING or not isinstance(you, Principal) or NOTHING in state:
            return
        given: dict[str, str] = scope.get("path_params", {})
        study = next((given[name] for name in STUDY_PARAMETERS if name in given), None)
        if action is Action.MAKE_STUDY:
            study = headers.get("location", "").rpartition("/")[2] or None
        record(self.store, you.name, action, study, " ".join(_told(study, {**given, **state.get(ABOUT, {})})))


def _told(study: str | None, given: dict[str, Any]) -> Iterator[str]:
    """“source=src_1”, “participant=3f0c…”."""
    for parameter, value in given.items():
        name = parameter.removesuffix("_id")
        if parameter not in STUDY_PARAMETERS:
            yield f"{name}={digest_of(study or '', value)[:SHORT] if name in PEOPLE else value}"


def _action(scope: Scope) -> Action | None:
    rule = rule_of(scope["route"]) if "route" in scope else None
    return rule.action if rule else None
