"""Rows of personas that were published."""

from sqlalchemy import Connection, delete, insert, select

from app.models.publication import Publication
from app.store.tables import publication


class PublicationRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, study_id: str, new: Publication) -> None:
        """Put it in the place of an earlier one of the same persona."""
        self.delete(study_id, new.persona_id)
        row = {"study_id": study_id, "persona_id": new.persona_id, "document": new.model_dump_json()}
        self.connection.execute(insert(publication).values(**row))

    def all(self, study_id: str) -> dict[str, Publication]:
        """By the persona's id."""
        rows = self.connection.scalars(select(publication.c.document).where(publication.c.study_id == study_id))
        return {one.persona_id: one for one in map(Publication.model_validate_json, rows)}

    def delete(self, study_id: str, persona_id: str) -> None:
        here = (publication.c.study_id == study_id, publication.c.persona_id == persona_id)
        self.connection.execute(delete(publication).where(*here))
