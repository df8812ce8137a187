"""Rows of evidence."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from app.models.evidence import Evidence
from app.store.tables import evidence


class EvidenceRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def replace(self, study_id: str, source_id: str, found: Sequence[Evidence]) -> None:
        """Put `found` in the place of all that was coded in the source before."""
        here = (evidence.c.study_id == study_id, evidence.c.source_id == source_id)
        self.connection.execute(delete(evidence).where(*here))
        rows = [
            {
                "study_id": study_id,
                "id": one.id,
                "source_id": source_id,
                "participant_id": one.participant_id,
                "start": one.quote.start,
                "document": one.model_dump_json(),
            }
            for one in found
        ]
        if rows:
            self.connection.execute(insert(evidence), rows)

    def all(self, study_id: str) -> list[Evidence]:
        """The study's evidence, by source and place."""
        rows = select(evidence.c.document).where(evidence.c.study_id == study_id)
        ordered = rows.order_by(evidence.c.source_id, evidence.c.start, evidence.c.id)
        return [Evidence.model_validate_json(row) for row in self.connection.scalars(ordered)]

    def count(self, study_id: str) -> int:
        here = select(func.count()).select_from(evidence).where(evidence.c.study_id == study_id)
        return self.connection.scalar(here) or 0
