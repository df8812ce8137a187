"""Rows of briefs that were written."""

import json

from sqlalchemy import Connection, delete, insert, select

from app.models.brief import Brief
from app.store.tables import brief


class BriefRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, study_id: str, new: Brief) -> None:
        """Put it in the place of an earlier one of the same choice."""
        self.delete(study_id, new.id)
        row = {"id": new.id, "persona_id": new.persona_id, "document": new.model_dump_json()}
        self.connection.execute(insert(brief).values(study_id=study_id, **row))

    def all(self, study_id: str) -> list[Brief]:
        rows = select(brief.c.document).where(brief.c.study_id == study_id).order_by(brief.c.persona_id, brief.c.id)
        return [Brief.model_validate_json(row) for row in self.connection.scalars(rows)]

    def written_from(self, study_id: str) -> list[tuple[str, int]]:
        """The persona and its version that each brief was written from."""
        rows = self.connection.scalars(select(brief.c.document).where(brief.c.study_id == study_id))
        return [(one["persona_id"], one["persona_version"]) for one in map(json.loads, rows)]

    def get(self, study_id: str, brief_id: str) -> Brief | None:
        here = (brief.c.study_id == study_id, brief.c.id == brief_id)
        found = self.connection.scalar(select(brief.c.document).where(*here))
        return Brief.model_validate_json(found) if found else None

    def delete(self, study_id: str, brief_id: str) -> None:
        self.connection.execute(delete(brief).where(brief.c.study_id == study_id, brief.c.id == brief_id))
