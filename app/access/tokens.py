"""Tokens: programs get in with one, in somebody's name, for some actions and for some days."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass

from app.access.action import ALLOWED, Action
from app.access.log import note
from app.access.sessions import digest_of
from app.errors import BadInput, Forbidden, NotFound
from app.models.token import Token
from app.models.user import User
from app.store import Store

DAYS, LONGEST_DAYS = 30, 366
MOST_A_USER = 100
MARK = "dramatis_"


@dataclass(frozen=True)
class NewToken:
    """`secret` is shown once: we keep its digest."""

    token: Token
    secret: str


def actions_of(words: Iterable[str]) -> frozenset[Action]:
    """BadInput for what is no action."""
    known, found = {str(action): action for action in Action}, set()
    for word in words:
        if word not in known:
            raise BadInput(f"“{word}” is no action. Actions are: {', '.join(known)}.")
        found.add(known[word])
    return frozenset(found)


def make_token(store: Store, owner: User, name: str, scope: frozenset[Action], days: int, by: str) -> NewToken:
    """BadInput where the scope is empty or more than the owner may do."""
    shown = " ".join(name.split())
    if not 0 < len(shown) <= 60 or not shown.isprintable():
        raise BadInput("A token’s name has 1 to 60 letters. Say what it is for.")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"A token holds for 1 to {LONGEST_DAYS} days.")
    beyond = sorted(scope - ALLOWED[owner.role])
    if beyond or not scope:
        what = f"{owner.name}, as {owner.role}, may not {', '.join(beyond)}." if beyond else "The token may do nothing."
        raise BadInput(f"{what} Choose from: {', '.join(sorted(ALLOWED[owner.role]))}.")
    if not owner.active:
        raise BadInput(f"{owner.name} is disabled. Enable them first.")
    return _kept(store, owner, shown, scope, days, by)


def _kept(store: Store, owner: User, name: str, scope: frozenset[Action], days: int, by: str) -> NewToken:
    secret, now = MARK + secrets.token_urlsafe(32), time.time()
    id = f"tk_{secrets.token_hex(6)}"
    new = Token(
        id=id, user_id=owner.id, name=name, scope=sorted(scope), made=now, expires=now + days * 86400
    )  # fmt: skip
    with store.transaction() as tx:
        tx.tokens.add(new, digest_of(secret))
        if len(tx.tokens.all(owner.id)) > MOST_A_USER:
            raise BadInput(f"{owner.name} has {MOST_A_USER} tokens. Revoke those that are not used.")
        note(tx, by, "make token", about=f"token={new.id} user={owner.name} can={','.join(new.scope)}")
    return NewToken(new, secret)


def revoke_token(store: Store, token_id: str, by: str, *, of: str | None = None) -> None:
    """`of`: only a token of that user; NotFound where it is somebody else's."""
    with store.transaction() as tx:
        found = tx.tokens.get(token_id)
        if found is None or of not in (None, found.user_id):
            raise NotFound("token", token_id, "It may have been revoked already")
        tx.tokens.delete(token_id)
        note(tx, by, "revoke token", about=f"token={token_id}")


def must_be_session(scope: frozenset[Action] | None) -> None:
    """A token must not make others that hold longer or may do more."""
    if scope is not None:
        raise Forbidden("A token cannot do this. Log in to do it.")
