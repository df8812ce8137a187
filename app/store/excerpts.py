"""Rows of excerpts, and the search by words over them (BM25 by SQLite's FTS5)."""

import json
import re
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, text

from app.store.tables import excerpt
from retrieval.evidence import Excerpt
from retrieval.index import Hit

# bm25() is smaller for better matches; participants are filtered by a JSON list, so that one statement serves all.
SEARCH = text(
    "SELECT excerpt.id, -bm25(excerpt_text) AS score FROM excerpt_text "
    "JOIN excerpt ON excerpt.rowid = excerpt_text.rowid "
    "WHERE excerpt_text MATCH :words AND excerpt.study_id = :study_id "
    "AND (:people IS NULL OR excerpt.participant_id IN (SELECT value FROM json_each(:people))) "
    "ORDER BY score DESC, excerpt.id LIMIT :limit"
)


class ExcerptRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, study_id: str, excerpts: Sequence[Excerpt]) -> None:
        rows = [
            {
                "study_id": study_id,
                "id": one.id,
                "source_id": one.source_id,
                "participant_id": one.participant_id,
                "kind": one.kind,
                "text": one.text,
                "document": one.model_dump_json(exclude={"text"}),
            }
            for one in excerpts
        ]
        if rows:
            self.connection.execute(insert(excerpt), rows)

    def all(self, study_id: str) -> list[Excerpt]:
        rows = select(excerpt.c.text, excerpt.c.document).where(excerpt.c.study_id == study_id)
        return [_read(*row) for row in self.connection.execute(rows.order_by(excerpt.c.id))]

    def ids_of_source(self, study_id: str, source_id: str) -> list[str]:
        here = (excerpt.c.study_id == study_id, excerpt.c.source_id == source_id)
        return list(self.connection.scalars(select(excerpt.c.id).where(*here)))

    def get(self, study_id: str, ids: Sequence[str]) -> dict[str, Excerpt]:
        """The excerpts of the study among `ids`, by id; ids that are not there are left out."""
        rows = select(excerpt.c.text, excerpt.c.document).where(excerpt.c.study_id == study_id, excerpt.c.id.in_(ids))
        found = [_read(*row) for row in self.connection.execute(rows)]
        return {one.id: one for one in found}

    def search(self, study_id: str, query: str, limit: int, people: Sequence[str] | None = None) -> list[Hit]:
        """Excerpts sharing words with `query`, best first. Score: BM25, higher is better."""
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query.lower()))
        if not words:
            return []
        values = {"words": words, "study_id": study_id, "limit": limit, "people": _json_list(people)}
        return [Hit(id=row.id, score=row.score) for row in self.connection.execute(SEARCH, values)]


def _json_list(people: Sequence[str] | None) -> str | None:
    return None if people is None else json.dumps(list(people))


def _read(words: str, document: str) -> Excerpt:
    return Excerpt.model_validate({**json.loads(document), "text": words})
