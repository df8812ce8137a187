"""You: who one is here, one's password, and the tokens that let programs in in one's name."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app.access.action import Action
from app.access.people import find_user
from app.access.permission import may
from app.access.sessions import change_own_password
from app.access.tokens import DAYS, NewToken, actions_of, make_token, must_be_session, revoke_token
from app.errors import BadInput, Conflict
from app.web.front import Front, FrontDep, Ours
from app.web.pages.login import address_of, keep
from app.web.team_door import Team

router = APIRouter()
YOURS = may(Action.OWN_TOKENS)
Word = Annotated[str, Form(max_length=400)]


@router.get("/you", dependencies=[YOURS])
def you(front: FrontDep, done: str = "") -> HTMLResponse:
    return _page(front, done=done == "password")


@router.post("/you/password", dependencies=[YOURS, Ours])
def password(request: Request, front: FrontDep, old: Word = "", new: Word = "", again: Word = "") -> RedirectResponse:
    """Ends all one's sessions, and begins this one anew."""
    must_be_session(front.you.scope)
    team: Team | None = request.app.state.team
    if team is None:
        raise _local()
    if new != again:
        raise BadInput("The new password was typed in two ways. Go back and type it again.")
    store = front.bench.store
    secret = change_own_password(store, team.throttle, front.you.user_id, old, new, address_of(request))
    answer = RedirectResponse("/you?done=password", status_code=303)
    keep(request, answer, secret)
    return answer


@router.post("/you/tokens", dependencies=[YOURS, Ours])
def make(
    front: FrontDep,
    name: Word = "",
    days: Annotated[int, Form()] = DAYS,
    can: Annotated[list[str], Form()] = [],  # noqa: B006
) -> HTMLResponse:
    """The page shows the secret this once."""
    must_be_session(front.you.scope)
    if not front.you.user_id:
        raise _local()
    store = front.bench.store
    owner = find_user(store, front.you.user_id)
    return _page(front, made=make_token(store, owner, name, actions_of(can), days, front.you.name))


@router.post("/you/tokens/{token_id}/revoke", dependencies=[YOURS, Ours])
def revoke(front: FrontDep, token_id: str) -> RedirectResponse:
    revoke_token(front.bench.store, token_id, front.you.name, of=front.you.user_id)
    return RedirectResponse("/you#tokens", status_code=303)


def _page(front: Front, *, made: NewToken | None = None, done: bool = False) -> HTMLResponse:
    with front.bench.store.transaction() as tx:
        tokens = tx.tokens.all(front.you.user_id) if front.you.user_id else []
        studies = [one for one in tx.studies.all() if front.you.belongs_to(one.id)]
    return front.show(
        "you.html.j2",
        tokens=tokens,
        studies=studies,
        made=made,
        done=done,
        actions=sorted(front.you.actions),
        days=DAYS,
    )


def _local() -> Conflict:
    return Conflict("This workbench runs for one person, without accounts. Start it with: dramatis serve --team")
