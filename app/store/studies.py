"""Rows of studies."""

from sqlalchemy import Connection, delete, insert, select, update

from app.models.study import Study
from app.store.tables import study


class StudyRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, new: Study) -> None:
        """Add the study, or replace what is known of it."""
        document = new.model_dump_json()
        known = self.connection.execute(update(study).where(study.c.id == new.id).values(document=document))
        if not known.rowcount:
            self.connection.execute(insert(study).values(id=new.id, document=document))

    def get(self, study_id: str) -> Study | None:
        found = self.connection.scalar(select(study.c.document).where(study.c.id == study_id))
        return Study.model_validate_json(found) if found else None

    def all(self) -> list[Study]:
        return [
            Study.model_validate_json(row)
            for row in self.connection.scalars(select(study.c.document).order_by(study.c.id))
        ]

    def delete(self, study_id: str) -> None:
        self.connection.execute(delete(study).where(study.c.id == study_id))
