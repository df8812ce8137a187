"""Rows of evidence: what an engine coded. Read with what people decided about it laid over."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from app.models.coding import overlay
from app.models.evidence import Evidence
from app.store.codings import CodingRows
from app.store.tables import evidence


class EvidenceRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def replace(self, study_id: str, source_id: str, found: Sequence[Evidence]) -> None:
        """Put `found` in the place of all that an engine coded in the source before; people's codes stay."""
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
        """The study's evidence as people left it, by source and place."""
        return overlay(self.by_engine(study_id), CodingRows(self.connection).all(study_id))

    def by_engine(self, study_id: str) -> list[Evidence]:
        """What the engine coded, whatever people decided, by source and place."""
        rows = select(evidence.c.document).where(evidence.c.study_id == study_id)
        ordered = rows.order_by(evidence.c.source_id, evidence.c.start, evidence.c.id)
        return [Evidence.model_validate_json(row) for row in self.connection.scalars(ordered)]

    def count(self, study_id: str) -> int:
        """How many pieces of evidence `all` would give."""
        if CodingRows(self.connection).all(study_id):
            return len(self.all(study_id))
        here = select(func.count()).select_from(evidence).where(evidence.c.study_id == study_id)
        return self.connection.scalar(here) or 0
