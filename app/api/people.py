"""People: users, the studies they belong to, their tokens, and the log of who changed what."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field, StringConstraints

from app.access import people
from app.access.action import Action
from app.access.log import verify
from app.access.permission import You, may, must_be_allowed
from app.access.tokens import DAYS, LONGEST_DAYS, actions_of, make_token, must_be_session, revoke_token
from app.api.context import Bench
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.errors import Conflict
from app.models.base import Model
from app.models.log_entry import LogEntry
from app.models.token import Token
from app.models.user import Role, User

router = APIRouter(tags=["people"])
PEOPLE = may(Action.MANAGE_PEOPLE)
UserName = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Password = Annotated[str, StringConstraints(min_length=10, max_length=200)]
UserId = Annotated[str, Path(alias="user", description="The user's id.", max_length=64)]
StudyId = Annotated[str, Path(alias="study", description="The study's id.", max_length=64)]


class NewUser(Model):
    """Somebody who may log in from now on."""

    name: UserName = Field(examples=["Ana"])
    role: Role
    password: Password


class UserChange(Model):
    """What is to be different; what is left out stays."""

    role: Role | None = None
    active: bool | None = Field(None, description="Who is not active cannot log in, and is logged out at once.")
    password: Password | None = Field(None, description="Ends all their sessions.")


class Membership(Model):
    study_id: str
    user_id: str


class WantedToken(Model):
    """What a program may do in your name, and how long."""

    name: UserName = Field(description="What it is for.", examples=["nightly import"])
    scope: list[Action] = Field(min_length=1, max_length=len(Action), examples=[["read personas"]])
    days: int = Field(DAYS, ge=1, le=LONGEST_DAYS)


class MadeToken(Model):
    """`secret` is shown this once."""

    token: Token
    secret: str


class LogPiece(Model):
    """Entries, the newest first."""

    entries: list[LogEntry]
    before: int | None = Field(None, description="Give it as `before` for what is older; null at the end.")


class LogVerdict(Model):
    """Whether the log is as it was written. Keep `head`: it shows later that nothing was cut off the end."""

    entries: int
    broken: int | None = Field(None, description="The number of the first entry that does not fit.")
    head: str


@router.get("/users", dependencies=[PEOPLE], summary="List who may log in", responses=responses(403))
def users(bench: Bench, piece: Wanted) -> Page[User]:
    with bench.store.transaction() as tx:
        found = tx.users.all()
    return piece.of(found, lambda one: one.id, lambda one: one)


@router.post("/users", dependencies=[PEOPLE], status_code=201, summary="Add somebody", responses=responses(400, 403))
def add_user(bench: Bench, new: NewUser, you: You, response: Response) -> User:
    """They belong to no study yet."""
    user = people.add_user(bench.store, new.name, new.role, new.password, you.name)
    response.headers["Location"] = f"/api/v1/users/{user.id}"
    return user


@router.get("/users/{user}", dependencies=[PEOPLE], summary="Somebody", responses=responses(403, 404))
def user(bench: Bench, user_id: UserId) -> User:
    return people.find_user(bench.store, user_id)


@router.patch("/users/{user}", dependencies=[PEOPLE], summary="Change somebody", responses=responses(400, 403, 404))
def change_user(bench: Bench, user_id: UserId, change: UserChange, you: You) -> User:
    """It holds from their next request on. The last admin stays one: 409."""
    user = people.find_user(bench.store, user_id)
    if change.password is not None:
        must_be_session(you.scope)
        people.set_password(bench.store, user.id, change.password, you.name)
    if change.role is not None:
        people.set_role(bench.store, user.id, change.role, you.name)
    if change.active is not None:
        people.set_active(bench.store, user.id, change.active, you.name)
    return people.find_user(bench.store, user.id)


@router.get("/memberships", dependencies=[PEOPLE], summary="Who belongs to which study", responses=responses(403))
def memberships(bench: Bench, piece: Wanted) -> Page[Membership]:
    with bench.store.transaction() as tx:
        belong = tx.users.memberships()
    found = [Membership(study_id=study, user_id=user) for user, studies in belong.items() for study in studies]
    return piece.of(found, lambda one: f"{one.user_id}/{one.study_id}", lambda one: one)


@router.put(
    "/memberships/{study}/{user}", dependencies=[PEOPLE], status_code=204,
    summary="Make somebody a member of a study", responses=responses(403, 404),
)  # fmt: skip
def join(bench: Bench, study_id: StudyId, user_id: UserId, you: You) -> None:
    people.join(bench.store, user_id, study_id, you.name)


@router.delete(
    "/memberships/{study}/{user}", dependencies=[PEOPLE], status_code=204,
    summary="Take somebody out of a study", responses=responses(403, 404),
)  # fmt: skip
def leave(bench: Bench, study_id: StudyId, user_id: UserId, you: You) -> None:
    people.leave(bench.store, user_id, study_id, you.name)


@router.get("/tokens", dependencies=[may(Action.OWN_TOKENS)], summary="List tokens", responses=responses(403))
def tokens(
    bench: Bench, piece: Wanted, you: You,
    of: Annotated[Literal["you", "everybody"], Query(description="`everybody` is for admins.")] = "you",
) -> Page[Token]:  # fmt: skip
    """Yours, without their secrets, which nobody keeps."""
    if of == "everybody":
        must_be_allowed(you, Action.MANAGE_PEOPLE)
    with bench.store.transaction() as tx:
        found = tx.tokens.all(None if of == "everybody" else you.user_id)
    return piece.of(found, lambda one: one.id, lambda one: one)


@router.post(
    "/tokens", dependencies=[may(Action.OWN_TOKENS)], status_code=201,
    summary="Make a token", responses=responses(400, 403),
)  # fmt: skip
def make(bench: Bench, wanted: WantedToken, you: You) -> MadeToken:
    """In your name; a token cannot make another."""
    must_be_session(you.scope)
    if not you.user_id:
        raise Conflict("This workbench runs for one person, without accounts. Start it with: dramatis serve --team")
    owner = people.find_user(bench.store, you.user_id)
    made = make_token(bench.store, owner, wanted.name, actions_of(wanted.scope), wanted.days, you.name)
    return MadeToken(token=made.token, secret=made.secret)


@router.delete(
    "/tokens/{token}", dependencies=[may(Action.OWN_TOKENS)], status_code=204,
    summary="Revoke a token", responses=responses(403, 404),
)  # fmt: skip
def revoke(bench: Bench, token_id: Annotated[str, Path(alias="token", max_length=64)], you: You) -> None:
    """One of yours; an admin revokes anybody's."""
    revoke_token(bench.store, token_id, you.name, of=None if you.may(Action.MANAGE_PEOPLE) else you.user_id)


@router.get("/audit-log", dependencies=[may(Action.READ_LOG)], summary="Who changed what", responses=responses(403))
def audit_log(
    bench: Bench,
    who: Annotated[str, Query(max_length=100)] = "",
    action: Annotated[str, Query(max_length=100)] = "",
    study: Annotated[str, Query(max_length=64)] = "",
    before: Annotated[int | None, Query(ge=1, le=2**53, description="Entries with smaller numbers.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> LogPiece:
    with bench.store.transaction() as tx:
        found = tx.audit_log.newest(limit + 1, who=who, action=action, study_id=study, before=before)
    more = found[limit - 1].number if len(found) > limit else None
    return LogPiece(entries=found[:limit], before=more)


@router.get(
    "/audit-log/verdict", dependencies=[may(Action.READ_LOG)], summary="Whether the log is whole",
    responses=responses(403),
)  # fmt: skip
def verdict(bench: Bench) -> LogVerdict:
    found = verify(bench.store)
    return LogVerdict(entries=found.entries, broken=found.broken, head=found.head)
