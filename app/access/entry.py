"""Entry: whom a secret belongs to, read from the database once and remembered until anybody writes to it."""

import time
from threading import Lock

from app.access.action import Action
from app.access.principal import Principal
from app.access.sessions import digest_of
from app.models.user import Role, User
from app.store import Store
from app.store.store import Transaction

MOST = 2048


class Entry:
    """Safe among threads. Secrets nobody has are not remembered, so guessing fills nothing."""

    def __init__(self, store: Store):
        self._store = store
        self._lock = Lock()
        self._state: object = None
        self._known: dict[str, tuple[Principal, float]] = {}

    def by_session(self, secret: str) -> Principal | None:
        return self._found("session", secret)

    def by_token(self, secret: str) -> Principal | None:
        return self._found("token", secret)

    def _found(self, kind: str, secret: str) -> Principal | None:
        """Who it lets in; None for nobody, and for what has expired."""
        digest = digest_of(secret)
        question, state = f"{kind}:{digest}", self._now()
        with self._lock:
            if state is not self._state:
                self._known.clear()
                self._state = state
            known = self._known.get(question)
        known = known or self._read(kind, digest, question, state)
        return known[0] if known and time.time() < known[1] else None

    def _now(self) -> object:
        """The same object as long as nobody writes."""
        return self._store.remembered.get("people", object)

    def _read(self, kind: str, digest: str, question: str, state: object) -> tuple[Principal, float] | None:
        with self._store.transaction() as tx:
            found = _session(tx, digest) if kind == "session" else _token(tx, digest)
        with self._lock:
            # What was read while somebody wrote may be old already.
            if found and self._state is state is self._now() and len(self._known) < MOST:
                self._known[question] = found
        return found


def _session(tx: Transaction, digest: str) -> tuple[Principal, float] | None:
    session = tx.sessions.get(digest)
    user = tx.users.get(session.user_id) if session else None
    return (_principal(tx, user, digest), session.expires) if session and user and user.active else None


def _token(tx: Transaction, digest: str) -> tuple[Principal, float] | None:
    token = tx.tokens.of_digest(digest)
    user = tx.users.get(token.user_id) if token else None
    if token is None or user is None or not user.active:
        return None
    known = {str(action) for action in Action}
    scope = frozenset(Action(word) for word in token.scope if word in known)
    return _principal(tx, user, digest, scope), token.expires


def _principal(tx: Transaction, user: User, digest: str, scope: frozenset[Action] | None = None) -> Principal:
    studies = None if user.role is Role.ADMIN else tx.users.studies_of(user.id)
    return Principal(user.name, user.role, studies, scope, user.id, key=f"{user.id}:{digest[:24]}")
