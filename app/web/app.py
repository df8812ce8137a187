"""`create_app`: the workbench as a web application. It only puts together what the other files hold."""

import secrets
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from inspect import isawaitable
from logging import getLogger
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.access.permission import OPEN, check_rules
from app.access.principal import owner
from app.api.limits import LimitedBodies, limit_of
from app.api.problems import Stopped
from app.api.router import VERSION, mount_api
from app.errors import EXPECTED, TooLarge
from app.jobs.desk import JobDesk
from app.store.remembered import Remembered
from app.web.assets import static_files
from app.web.door import ENTRANCE, Keys, LocalDoor, cookie_name
from app.web.front import House
from app.web.kept_pages import KeptPages
from app.web.pages import (
    assigning,
    audit,
    briefs,
    centres,
    coding,
    evidence,
    exports,
    home,
    jobs,
    login,
    outcomes,
    participants,
    personas,
    quality,
    review,
    segments,
    settings,
    sources,
    speakers,
    studies,
    themes,
    you,
)
from app.web.refusals import NO_SUCH_PAGE, UNEXPECTED, UNREADABLE, Refusal, refusal_of, refused
from app.web.rooms import Rooms
from app.web.team_door import Team, TeamDoor
from app.web.trail import Trail
from app.web.veiled import Veiled, Veils
from app.workbench import Workbench

Answering = Callable[[Any, Any], Any]

PAGES = (
    studies, home, sources, coding, speakers, participants, evidence, themes, segments, personas, review, briefs,
    assigning, outcomes, centres, audit, quality, exports, jobs, settings, you,
)  # fmt: skip
# From here on packing is worth its time.
WORTH_PACKING = 1024

log = getLogger(__name__)


def create_app(
    bench: Workbench, *, secret: str | None = None, desk: JobDesk | None = None, team: Team | None = None
) -> FastAPI:
    """The application on the bench. In local mode `secret` opens it, and is made where none is given; with a `team`
    people log in.

    With a `desk`, which stays its owner's to close, it answers REST under /api/v1 as well.
    """
    keys = Keys(secret or secrets.token_urlsafe(24))
    rooms = Rooms(bench)
    revisions = Remembered(bench.store.engine)
    door = (
        Middleware(TeamDoor, team=team) if team else Middleware(LocalDoor, keys=keys, owner=owner(bench.settings.coder))
    )

    @asynccontextmanager
    async def closing(_app: FastAPI) -> AsyncIterator[None]:
        yield
        rooms.close()
        revisions.close()

    app = FastAPI(
        title="Dramatis",
        lifespan=closing,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{VERSION}/openapi.json" if desk else None,
        middleware=[
            door,
            Middleware(Trail, store=bench.store),
            Middleware(KeptPages, revisions=revisions, pulse=_pulse_of(desk)),
            Middleware(GZipMiddleware, minimum_size=WORTH_PACKING),
            Middleware(Veiled, veils=Veils(rooms)),
            Middleware(LimitedBodies, limit=limit_of(bench.settings), refuse=_too_large, spare=VERSION),
        ],
    )
    app.state.house, app.state.keys = House(bench, rooms, desk), keys
    app.state.team = team
    if team is None:
        app.add_api_route(ENTRANCE, enter, methods=["GET"], dependencies=[OPEN], include_in_schema=False)
    for pages in (*PAGES, *([login] if team else [])):
        app.include_router(pages.router, include_in_schema=False)
    app.mount("/static", static_files(), name="static")
    _answer_errors(app)
    if desk:
        _answer_rest(app, bench, desk)
    check_rules(app)
    return app


def _pulse_of(desk: JobDesk | None) -> Callable[[], Hashable]:
    """Which jobs are under way, and whether they run yet."""
    return lambda: tuple((job.id, job.state) for job in desk.under_way()) if desk else None


def _too_large(error: TooLarge) -> Response:
    return refused(refusal_of(error))


def enter(request: Request, key: str = "") -> Response:
    """The address that `serve` prints: the key becomes a cookie, and leaves the address bar."""
    keys: Keys = request.app.state.keys
    if not keys.opens(key):
        return refused(Refusal(403, "This key is of another start", "Open the address that “dramatis serve” printed."))
    answer = RedirectResponse("/", status_code=303)
    name = cookie_name(request.headers.get("host", ""))
    answer.set_cookie(name, keys.session, httponly=True, samesite="strict", path="/")
    return answer


def _answer_errors(app: FastAPI) -> None:
    for family in EXPECTED:
        app.add_exception_handler(family, _expected)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(Exception, _unexpected)


def _answer_rest(app: FastAPI, bench: Workbench, desk: JobDesk) -> None:
    """REST beside the pages: behind the same door, and with problems where pages answer with a page."""
    app.state.bench, app.state.desk = bench, desk
    pages = dict(app.exception_handlers)
    mount_api(app, bench.settings)
    for family, answer in list(app.exception_handlers.items()):
        app.add_exception_handler(family, _by_path(answer, pages.get(family, answer)))
    # The limit of bodies was put outermost; the door stays outside of everything.
    app.user_middleware.insert(1, app.user_middleware.pop(0))


def _by_path(of_rest: Answering, of_pages: Answering) -> Answering:
    """The handler that fits the address."""

    async def answer(request: Request, error: Exception) -> Response:
        chosen = of_rest if request.url.path.startswith(f"{VERSION}/") else of_pages
        found = chosen(request, error)
        response: Response = await found if isawaitable(found) else found
        return response

    return answer


def _expected(_request: Request, error: Exception) -> HTMLResponse:
    return refused(refusal_of(error))


def _unreadable(_request: Request, _error: Exception) -> HTMLResponse:
    return refused(UNREADABLE)


def _http(_request: Request, error: Exception) -> HTMLResponse:
    if isinstance(error, Stopped):
        return refused(refusal_of(error.error))
    status = error.status_code if isinstance(error, HTTPException) else 500
    return refused(NO_SUCH_PAGE if status == 404 else Refusal(status, "Not possible", "This address does not do that."))


def _unexpected(request: Request, error: Exception) -> HTMLResponse:
    """The kind of error and where it was, never its message: that may repeat what people said."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("%s while answering %s %s, at %s", type(error).__name__, request.method, request.url.path, place)
    return refused(UNEXPECTED)
