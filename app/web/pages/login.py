"""Logging in and out of a workbench in team mode."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.access.action import Action
from app.access.permission import OPEN, You, may
from app.access.sessions import HOURS, log_in, log_out
from app.errors import Forbidden, TooManyTries
from app.web.door import cookie_of
from app.web.front import House, Ours
from app.web.team_door import LOGIN, Team, local_path
from app.web.templating import page

router = APIRouter()
Field = Annotated[str, Form(max_length=400)]


@router.get(LOGIN, dependencies=[OPEN])
def login(next: str = "/") -> HTMLResponse:
    return HTMLResponse(page("login.html.j2", next=local_path(next), wrong=""))


@router.post(LOGIN, dependencies=[OPEN])
def logged_in(request: Request, name: Field = "", password: Field = "", next: Field = "/") -> Response:
    """A new session each time, whatever cookie came along: nobody can prepare one for somebody else."""
    house: House = request.app.state.house
    team: Team = request.app.state.team
    try:
        secret = log_in(house.bench.store, team.throttle, name, password, address_of(request))
    except (Forbidden, TooManyTries) as error:
        return _refused(error, local_path(next))
    answer = RedirectResponse(local_path(next), status_code=303)
    keep(request, answer, secret)
    return answer


@router.post("/logout", dependencies=[may(Action.OWN_TOKENS), Ours])
def logged_out(request: Request, you: You) -> RedirectResponse:
    house: House = request.app.state.house
    team: Team = request.app.state.team
    log_out(house.bench.store, cookie_of(request.headers.getlist("cookie"), team.cookie(request.scope)), you.name)
    answer = RedirectResponse(LOGIN, status_code=303)
    answer.delete_cookie(team.cookie(request.scope), path="/", secure=team.is_secure(request.scope), httponly=True)
    return answer


def keep(request: Request, answer: Response, secret: str) -> None:
    """Give the browser its session. Lax, so that a link in a mail opens for who is logged in."""
    team: Team = request.app.state.team
    answer.set_cookie(
        team.cookie(request.scope), secret, max_age=HOURS * 3600, path="/",
        httponly=True, samesite="lax", secure=team.is_secure(request.scope),
    )  # fmt: skip


def address_of(request: Request) -> str:
    return request.client.host if request.client else "nowhere"


def _refused(error: Forbidden, next: str) -> HTMLResponse:
    answer = HTMLResponse(page("login.html.j2", next=next, wrong=str(error)), status_code=403)
    if isinstance(error, TooManyTries):
        answer.status_code, answer.headers["Retry-After"] = 429, str(error.wait)
    return answer
