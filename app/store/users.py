"""Rows of users, and of the studies they belong to."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.models.user import User
from app.store.tables import membership, user

COLUMNS = (user.c.id, user.c.name, user.c.role, user.c.active)


class UserRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, new: User, password: str) -> None:
        """`password` is its hash."""
        self.connection.execute(insert(user).values(**new.model_dump(), password=password))

    def change(self, user_id: str, **values: Any) -> None:
        """`role`, `active` or `password`, which is a hash."""
        self.connection.execute(update(user).where(user.c.id == user_id).values(**values))

    def get(self, user_id: str) -> User | None:
        row = self.connection.execute(select(*COLUMNS).where(user.c.id == user_id)).mappings().first()
        return User.model_validate(dict(row)) if row else None

    def password(self, user_id: str) -> str | None:
        """The hash; None where there is no such user."""
        found: str | None = self.connection.scalar(select(user.c.password).where(user.c.id == user_id))
        return found

    def all(self) -> list[User]:
        rows = self.connection.execute(select(*COLUMNS).order_by(user.c.name)).mappings()
        return [User.model_validate(dict(row)) for row in rows]

    def join(self, study_id: str, user_id: str) -> None:
        """Does nothing for somebody who belongs to it already."""
        if study_id not in self.studies_of(user_id):
            self.connection.execute(insert(membership).values(study_id=study_id, user_id=user_id))

    def leave(self, study_id: str, user_id: str) -> None:
        here = (membership.c.study_id == study_id, membership.c.user_id == user_id)
        self.connection.execute(delete(membership).where(*here))

    def studies_of(self, user_id: str) -> frozenset[str]:
        found = self.connection.scalars(select(membership.c.study_id).where(membership.c.user_id == user_id))
        return frozenset(found)

    def memberships(self) -> dict[str, list[str]]:
        """User id → the studies they belong to."""
        found: dict[str, list[str]] = {}
        rows = self.connection.execute(select(membership.c.user_id, membership.c.study_id).order_by("study_id"))
        for user_id, study_id in rows:
            found.setdefault(user_id, []).append(study_id)
        return found
