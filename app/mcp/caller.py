"""Caller: in whose name an assistant asks. On a home without users the owner, as with `dramatis serve`; else whoever's
token it holds."""

from app.access.entry import Entry
from app.access.principal import Principal, owner
from app.errors import Forbidden
from app.store import Store

NO_TOKEN = (
    "People log in to this workbench, so an assistant needs a token of its user. "  # noqa: S105 (a sentence)
    "Make one in the workbench under your name, and start with DRAMATIS_TOKEN set to it."
)
UNKNOWN = (
    "DRAMATIS_TOKEN opens nothing here: it was revoked, has run out, or is of another workbench. Make another one."
)


class Caller:
    """Asked for every call, so that what an admin takes away is gone at once."""

    def __init__(self, store: Store, token: str, name: str):
        """`name` is the owner's, on a home that nobody logs in to."""
        self._store, self._token, self._name = store, token, name
        self._entry = Entry(store)

    def who(self) -> Principal:
        """Forbidden where people log in and no token was given, and for a token that is not known."""
        if self._token:
            return self._of_token()
        if self._store.remembered.get("has users", self._has_users):
            raise Forbidden(NO_TOKEN)
        return owner(self._name)

    def _of_token(self) -> Principal:
        found = self._entry.by_token(self._token)
        if found is None:
            raise Forbidden(UNKNOWN)
        return found

    def _has_users(self) -> bool:
        with self._store.transaction() as tx:
            return bool(tx.users.all())
