"""People and settings: who may do what, what it runs on, what is kept, and who did what."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from app.access import passwords, people
from app.access.action import Action
from app.access.log import verify
from app.access.permission import may
from app.access.tokens import must_be_session, revoke_token
from app.errors import BadInput
from app.models.user import Role
from app.web.front import Front, FrontDep, Ours
from app.web.keeping import kept

router = APIRouter()
PEOPLE = may(Action.MANAGE_PEOPLE)
Word = Annotated[str, Form(max_length=400)]
AT_ONCE = 100


@router.get("/settings", dependencies=[may(Action.READ_SETTINGS)])
def settings(front: FrontDep) -> HTMLResponse:
    return _page(front)


@router.post("/settings/users", dependencies=[PEOPLE, Ours])
def add(front: FrontDep, name: Word = "", role: Word = "") -> HTMLResponse:
    """The page shows the new password this once."""
    made_up = passwords.made_up()
    user = people.add_user(front.bench.store, name, _role(role), made_up, front.you.name)
    return _page(front, shown=(user.name, made_up))


@router.post("/settings/users/{user_id}/password", dependencies=[PEOPLE, Ours])
def password(front: FrontDep, user_id: str) -> HTMLResponse:
    """Logs them out everywhere; the page shows the new password this once."""
    must_be_session(front.you.scope)
    user, made_up = people.find_user(front.bench.store, user_id), passwords.made_up()
    people.set_password(front.bench.store, user.id, made_up, front.you.name)
    return _page(front, shown=(user.name, made_up))


@router.post("/settings/users/{user_id}/role", dependencies=[PEOPLE, Ours])
def role(front: FrontDep, user_id: str, role: Word = "") -> RedirectResponse:
    return _changed(lambda: people.set_role(front.bench.store, user_id, _role(role), front.you.name))


@router.post("/settings/users/{user_id}/active", dependencies=[PEOPLE, Ours])
def active(front: FrontDep, user_id: str, active: Annotated[bool, Form()] = False) -> RedirectResponse:
    return _changed(lambda: people.set_active(front.bench.store, user_id, active, front.you.name))


@router.post("/settings/users/{user_id}/join", dependencies=[PEOPLE, Ours])
def join(front: FrontDep, user_id: str, study: Word = "") -> RedirectResponse:
    return _changed(lambda: people.join(front.bench.store, user_id, study, front.you.name))


@router.post("/settings/users/{user_id}/leave", dependencies=[PEOPLE, Ours])
def leave(front: FrontDep, user_id: str, study: Word = "") -> RedirectResponse:
    return _changed(lambda: people.leave(front.bench.store, user_id, study, front.you.name))


@router.post("/settings/tokens/{token_id}/revoke", dependencies=[PEOPLE, Ours])
def revoke(front: FrontDep, token_id: str) -> RedirectResponse:
    return _changed(lambda: revoke_token(front.bench.store, token_id, front.you.name), "tokens")


@router.get("/settings/log", dependencies=[may(Action.READ_LOG)])
def log(
    front: FrontDep, who: str = "", action: str = "", study: str = "",
    before: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> HTMLResponse:  # fmt: skip
    """The newest first; the whole log is sealed again to see whether it holds."""
    with front.bench.store.transaction() as tx:
        found = tx.audit_log.newest(AT_ONCE + 1, who=who, action=action, study_id=study, before=before or None)
        actions = tx.audit_log.actions()
    return front.show(
        "log.html.j2", entries=found[:AT_ONCE], more=len(found) > AT_ONCE, actions=actions,
        wanted={"who": who, "action": action, "study": study}, verdict=verify(front.bench.store),
    )  # fmt: skip


def _page(front: Front, *, shown: tuple[str, str] | None = None) -> HTMLResponse:
    bench = front.bench
    with bench.store.transaction() as tx:
        users, belong, tokens = tx.users.all(), tx.users.memberships(), tx.tokens.all()
        studies = tx.studies.all()
    # How much room things take changes with jobs and with writes, and either lets the page be made anew.
    return front.show(
        "settings.html.j2", users=users, belong=belong, tokens=tokens, studies=studies, roles=list(Role), shown=shown,
        names={one.id: one.name for one in users}, titles={one.id: one.name for one in studies},
        engine=bench.engine.name, settings=bench.settings, kept=kept(bench.settings),
    )  # fmt: skip


def _changed(change: Callable[[], object], place: str = "people") -> RedirectResponse:
    change()
    return RedirectResponse(f"/settings#{place}", status_code=303)


def _role(word: str) -> Role:
    if word not in set(Role):
        raise BadInput(f"“{word}” is no role. Choose one of: {', '.join(Role)}.")
    return Role(word)
