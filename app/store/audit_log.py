"""Rows of the audit log. There is no method that changes or removes an entry."""

from collections.abc import Iterator

from sqlalchemy import Connection, RowMapping, insert, select, update

from app.models.log_entry import LogEntry
from app.store.tables import audit_log

START = ""


class AuditLogRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, at: float, who: str, action: str, study_id: str | None, about: str) -> LogEntry:
        """Add an entry, sealed with the one before.

        It is inserted before that one is read: whoever writes holds the database, so no two can seal with the same.
        """
        fields = {"at": at, "who": who, "action": action, "study_id": study_id, "about": about}
        number = self.connection.execute(insert(audit_log).values(**fields, digest="")).inserted_primary_key
        entry = LogEntry(number=number[0] if number else 0, **fields)
        sealed = entry.sealed(self._digest_before(entry.number))
        here = audit_log.c.number == entry.number
        self.connection.execute(update(audit_log).where(here).values(digest=sealed))
        return entry.model_copy(update={"digest": sealed})

    def _digest_before(self, number: int) -> str:
        earlier = select(audit_log.c.digest).where(audit_log.c.number < number)
        return self.connection.scalar(earlier.order_by(audit_log.c.number.desc()).limit(1)) or START

    def each(self) -> Iterator[LogEntry]:
        """All entries, the oldest first."""
        for row in self.connection.execute(select(audit_log).order_by(audit_log.c.number)).mappings():
            yield _entry(row)

    def newest(
        self, limit: int, *, who: str = "", action: str = "", study_id: str = "", before: int | None = None
    ) -> list[LogEntry]:
        """The newest first, of somebody, of a kind, of a study; `before` an entry's number."""
        wanted = select(audit_log).order_by(audit_log.c.number.desc()).limit(limit)
        for column, value in ((audit_log.c.who, who), (audit_log.c.action, action), (audit_log.c.study_id, study_id)):
            wanted = wanted.where(column == value) if value else wanted
        wanted = wanted.where(audit_log.c.number < before) if before is not None else wanted
        return [_entry(row) for row in self.connection.execute(wanted).mappings()]

    def actions(self) -> list[str]:
        """What was done at all, for a filter."""
        return list(self.connection.scalars(select(audit_log.c.action).distinct().order_by(audit_log.c.action)))


def _entry(row: RowMapping) -> LogEntry:
    return LogEntry.model_validate(dict(row))
