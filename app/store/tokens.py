"""Rows of tokens, known by the digest of their secret."""

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select

from app.models.token import Token
from app.store.tables import token


class TokenRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, new: Token, digest: str) -> None:
        row: dict[str, Any] = new.model_dump() | {"scope": json.dumps(new.scope), "digest": digest}
        self.connection.execute(insert(token).values(**row))

    def of_digest(self, digest: str) -> Token | None:
        row = self.connection.execute(select(token).where(token.c.digest == digest)).mappings().first()
        return _token(row) if row else None

    def get(self, token_id: str) -> Token | None:
        row = self.connection.execute(select(token).where(token.c.id == token_id)).mappings().first()
        return _token(row) if row else None

    def all(self, user_id: str | None = None) -> list[Token]:
        """Those of a user, or all; the newest first."""
        wanted = select(token).order_by(token.c.made.desc(), token.c.id)
        if user_id is not None:
            wanted = wanted.where(token.c.user_id == user_id)
        return [_token(row) for row in self.connection.execute(wanted).mappings()]

    def delete(self, token_id: str) -> None:
        self.connection.execute(delete(token).where(token.c.id == token_id))


def _token(row: RowMapping) -> Token:
    fields = {name: row[name] for name in Token.model_fields}
    return Token.model_validate(fields | {"scope": json.loads(fields["scope"])})
