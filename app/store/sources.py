"""Rows of sources. The text has a column of its own; the rest of the source is its document."""

import json
import time
from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert, select

from app.store.tables import source
from retrieval.evidence import Role, Source


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
            "added": time.time(),
        }
        self.connection.execute(insert(source).values(row))

    def all(self, study_id: str) -> list[Source]:
        """The study's sources by name."""
        rows = select(source.c.text, source.c.document).where(source.c.study_id == study_id).order_by(source.c.name)
        return [_read(text, document) for text, document in self.connection.execute(rows)]

    def ids_by_import(self, study_id: str) -> list[str]:
        """The ids of the study's sources in the order they were imported."""
        rows = select(source.c.id).where(source.c.study_id == study_id).order_by(source.c.added, source.c.name)
        return list(self.connection.scalars(rows))

    def each(self, study_id: str) -> Iterator[Source]:
        """The study's sources by name, one at a time, for what must not hold all their words at once."""
        rows = select(source.c.text, source.c.document).where(source.c.study_id == study_id).order_by(source.c.name)
        for text, document in self.connection.execute(rows.execution_options(yield_per=100)):
            yield _read(text, document)

    def digests(self, study_id: str) -> set[str]:
        """Of the original bytes of every source."""
        return set(self.connection.scalars(select(source.c.content_sha256).where(source.c.study_id == study_id)))

    def participant_ids(self, study_id: str) -> set[str]:
        """Everybody who is heard in the study."""
        documents = select(source.c.document).where(source.c.study_id == study_id)
        heard: set[str] = set()
        for document in self.connection.scalars(documents.execution_options(yield_per=100)):
            speakers = json.loads(document)["speakers"]
            heard |= {one["participant_id"] for one in speakers if one["role"] == Role.PARTICIPANT}
        return heard - {None}

    def names(self, study_id: str) -> dict[str, str]:
        """By id."""
        rows = self.connection.execute(select(source.c.id, source.c.name).where(source.c.study_id == study_id))
        return {id: name for id, name in rows}

    def names_under(self, study_id: str, folder: str) -> list[str]:
        """The names that begin with `folder/`: the rows of a table."""
        under = source.c.name.startswith(f"{folder}/", autoescape=True)
        return list(self.connection.scalars(select(source.c.name).where(source.c.study_id == study_id, under)))

    def named(self, study_id: str, name: str) -> Source | None:
        found = self.id_of(study_id, name)
        return self.get(study_id, found) if found else None

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
