"""Rows of codebooks: a study has one only where it differs from the one that comes with Dramatis."""

from sqlalchemy import Connection, delete, insert, select

from app.models.codebook import Codebook
from app.store.tables import codebook


class CodebookRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, study_id: str, new: Codebook) -> None:
        """Put `new` in the place of the study's codebook."""
        self.connection.execute(delete(codebook).where(codebook.c.study_id == study_id))
        self.connection.execute(insert(codebook).values(study_id=study_id, document=new.model_dump_json()))

    def get(self, study_id: str) -> Codebook | None:
        """The study's own codebook; None where it uses the common one."""
        found = self.connection.scalar(select(codebook.c.document).where(codebook.c.study_id == study_id))
        return Codebook.model_validate_json(found) if found else None
