"""Rows of withdrawals: digests of the ids of people who took back consent. Nothing else of them is kept."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from app.store.tables import withdrawal


class WithdrawalRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, study_id: str, digests: Iterable[str]) -> set[str]:
        """Remember the digests; those known already are left as they are. Returns the new ones."""
        new = set(digests) - self.all(study_id)
        for digest in sorted(new):
            self.connection.execute(insert(withdrawal).values(study_id=study_id, digest=digest))
        return new

    def all(self, study_id: str) -> set[str]:
        return set(self.connection.scalars(select(withdrawal.c.digest).where(withdrawal.c.study_id == study_id)))
