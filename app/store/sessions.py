"""Rows of sessions. Nothing is written when one is used: pages are kept until anybody writes."""

from sqlalchemy import Connection, delete, insert, select

from app.models.session import Session
from app.store.tables import session


class SessionRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, new: Session) -> None:
        self.connection.execute(insert(session).values(**new.model_dump()))

    def get(self, digest: str) -> Session | None:
        row = self.connection.execute(select(session).where(session.c.digest == digest)).mappings().first()
        return Session.model_validate(dict(row)) if row else None

    def end(self, digest: str) -> None:
        self.connection.execute(delete(session).where(session.c.digest == digest))

    def end_all(self, user_id: str) -> None:
        """Log the user out everywhere."""
        self.connection.execute(delete(session).where(session.c.user_id == user_id))

    def keep_newest(self, user_id: str, most: int) -> None:
        newest = select(session.c.digest).where(session.c.user_id == user_id)
        kept = list(self.connection.scalars(newest.order_by(session.c.started.desc()).limit(most)))
        self.connection.execute(delete(session).where(session.c.user_id == user_id, session.c.digest.not_in(kept)))

    def end_expired(self, now: float) -> None:
        self.connection.execute(delete(session).where(session.c.expires <= now))
