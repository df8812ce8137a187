"""The trail: every change that a request made is put into the audit log, in this one place.

A route names its action, so it is known what was done; its path names what it was done to. What people wrote is in
neither. Routes that only look, though they are sent to, are named in `app.access.action`.
"""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.action import LOOKING, Action
from app.access.log import record
from app.access.permission import STUDY_PARAMETERS, rule_of
from app.access.principal import Principal
from app.store import Store
from app.web.door import SAFE


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
        action, you = _action(scope), scope.get("state", {}).get("principal")
        if action is None or action in LOOKING or not isinstance(you, Principal):
            return
        given: dict[str, str] = scope.get("path_params", {})
        study = next((given[name] for name in STUDY_PARAMETERS if name in given), None)
        about = [f"{name.removesuffix('_id')}={value}" for name, value in given.items() if name not in STUDY_PARAMETERS]
        if action is Action.MAKE_STUDY:
            study = headers.get("location", "").rpartition("/")[2] or None
        record(self.store, you.name, action, study, " ".join(about))


def _action(scope: Scope) -> Action | None:
    rule = rule_of(scope["route"]) if "route" in scope else None
    return rule.action if rule else None
