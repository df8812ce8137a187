"""Sessions: logging in and out. The browser holds a secret drawn at random; we hold its digest only."""

import hashlib
import secrets
import time

from app.access import names, passwords
from app.access.log import note
from app.access.throttle import Throttle
from app.errors import Forbidden, TooManyTries
from app.models.session import Session
from app.store import Store

# From logging in, however busy one is.
HOURS = 12
MOST_A_USER = 20


def digest_of(secret: str) -> str:
    """The secrets have 256 bits, so a plain digest is enough."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def log_in(store: Store, throttle: Throttle, name: str, password: str, address: str) -> str:
    """The secret of a new session. TooManyTries; Forbidden, which does not say whether there is such a user."""
    key = names.key(name)[:200]
    wait = throttle.begin(key, address)
    if wait:
        raise TooManyTries(wait)
    user_id = names.user_id(name)
    with store.transaction() as tx:
        user, known = tx.users.get(user_id), tx.users.password(user_id)
    right = passwords.fits(password, known)
    if user is None or known is None or not right or not user.active:
        with store.transaction() as tx:
            # Who typed a password into the field of the name must not find it in the log.
            note(tx, user.name if user else "unknown", "fail to log in", about=f"from={address}")
        raise Forbidden("The name or the password is not right.")
    throttle.passed(key, address)
    fresh = passwords.hashed(password) if passwords.is_outdated(known) else None
    return _begin(store, user_id, fresh, known, address)


def _begin(store: Store, user_id: str, fresh: str | None, checked: str, address: str) -> str:
    secret, now = secrets.token_urlsafe(32), time.time()
    new = Session(digest=digest_of(secret), user_id=user_id, started=now, expires=now + HOURS * 3600)
    with store.transaction() as tx:
        tx.sessions.end_expired(now)
        tx.sessions.add(new)
        user = tx.users.get(user_id)
        # Disabled, or given another password, while this one was checked.
        if user is None or not user.active or tx.users.password(user_id) != checked:
            raise Forbidden("The name or the password is not right.")
        tx.sessions.keep_newest(user_id, MOST_A_USER)
        if fresh:
            tx.users.change(user_id, password=fresh)
        note(tx, user.name, "log in", about=f"from={address}")
    return secret


def log_out(store: Store, secret: str, who: str) -> None:
    with store.transaction() as tx:
        tx.sessions.end(digest_of(secret))
        note(tx, who, "log out")


def change_own_password(store: Store, throttle: Throttle, user_id: str, old: str, new: str, address: str) -> str:
    """All sessions of the user end; the secret of a new one. Forbidden where the old password is not right."""
    with store.transaction() as tx:
        user, known = tx.users.get(user_id), tx.users.password(user_id)
    if user is None or known is None:
        raise Forbidden("Log in to change your password.")
    key = names.key(user.name)
    wait = throttle.begin(key, address)
    if wait:
        raise TooManyTries(wait)
    if not passwords.fits(old, known):
        raise Forbidden("That is not your present password.")
    throttle.passed(key, address)
    passwords.must_be_usable(new, user.name)
    fresh = passwords.hashed(new)
    with store.transaction() as tx:
        tx.users.change(user_id, password=fresh)
        tx.sessions.end_all(user_id)
        note(tx, user.name, "change password", about=f"user={user.name}")
    return _begin(store, user_id, None, fresh, address)
