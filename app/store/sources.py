"""Rows of sources. The text has a column of its own; the rest of the source is its document."""

import json

from sqlalchemy import Connection, delete, insert, select

from app.store.tables import source
from retrieval.evidence import Source


class SourceRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, study_id: str, new: Source) -> None:
        row = {
            "study_id": study_id,
            "id": new.id,
            "name": new.name,
            "content_sha256": new.content_sha256,
            "text": new.text,
            "document": new.model_dump_json(exclude={"text"}),
        }
        self.connection.execute(insert(source).values(row))

    def all(self, study_id: str) -> list[Source]:
        """The study's sources by name."""
        rows = select(source.c.text, source.c.document).where(source.c.study_id == study_id).order_by(source.c.name)
        return [_read(text, document) for text, document in self.connection.execute(rows)]

    def get(self, study_id: str, source_id: str) -> Source | None:
        row = select(source.c.text, source.c.document).where(source.c.study_id == study_id, source.c.id == source_id)
        found = self.connection.execute(row).one_or_none()
        return _read(*found) if found else None

    def id_of(self, study_id: str, name: str) -> str | None:
        return self.connection.scalar(select(source.c.id).where(source.c.study_id == study_id, source.c.name == name))

    def count(self, study_id: str) -> int:
        return len(self.connection.execute(select(source.c.id).where(source.c.study_id == study_id)).all())

    def delete(self, study_id: str, source_id: str) -> None:
        """Remove the source, and with it its excerpts and evidence."""
        self.connection.execute(delete(source).where(source.c.study_id == study_id, source.c.id == source_id))


def _read(text: str, document: str) -> Source:
    return Source.model_validate({**json.loads(document), "text": text})
