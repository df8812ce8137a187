"""Rows of decisions that people made about quotes."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from app.models.coding import HumanCode
from app.store.tables import coding


class CodingRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, study_id: str, decisions: Sequence[HumanCode]) -> None:
        """Add the decisions as the study's latest, each in the place of an earlier one of its id."""
        self.delete(study_id, [one.id for one in decisions])
        first = (
            self.connection.scalar(select(func.max(coding.c.number)).where(coding.c.study_id == study_id)) or 0
        ) + 1
        self.put(study_id, [one.model_copy(update={"number": n}) for n, one in enumerate(decisions, first)])

    def put(self, study_id: str, decisions: Sequence[HumanCode]) -> None:
        """Add the decisions with the numbers they have."""
        rows = [
            {
                "study_id": study_id,
                "id": one.id,
                "source_id": one.quote.source_id,
                "participant_id": one.quote.participant_id,
                "code": one.code,
                "given": one.given,
                "start": one.quote.start,
                "end": one.quote.end,
                "number": one.number,
                "document": one.model_dump_json(),
            }
            for one in decisions
        ]
        if rows:
            self.connection.execute(insert(coding), rows)

    def all(self, study_id: str) -> list[HumanCode]:
        """The study's decisions in the order they were made."""
        rows = select(coding.c.document).where(coding.c.study_id == study_id).order_by(coding.c.number, coding.c.id)
        return [HumanCode.model_validate_json(row) for row in self.connection.scalars(rows)]

    def of_source(self, study_id: str, source_id: str) -> list[HumanCode]:
        return [one for one in self.all(study_id) if one.quote.source_id == source_id]

    def delete(self, study_id: str, ids: Iterable[str]) -> None:
        for one in ids:
            self.connection.execute(delete(coding).where(coding.c.study_id == study_id, coding.c.id == one))
