"""Rows of outcomes: numbers about assets, and nobody's words."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from app.models.outcome import Outcome
from app.store.tables import outcome


class OutcomeRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, study_id: str, new: Sequence[Outcome]) -> int:
        """Each takes the place of an earlier one with its id; returns how many did."""
        known = set(self.connection.scalars(select(outcome.c.id).where(outcome.c.study_id == study_id)))
        replaced = [one.id for one in new if one.id in known]
        for id in replaced:
            self.connection.execute(delete(outcome).where(outcome.c.study_id == study_id, outcome.c.id == id))
        rows = [{"study_id": study_id, "id": one.id, "document": one.model_dump_json()} for one in new]
        if rows:
            self.connection.execute(insert(outcome), rows)
        return len(replaced)

    def all(self, study_id: str) -> list[Outcome]:
        """By persona, stage, asset and period."""
        rows = self.connection.scalars(select(outcome.c.document).where(outcome.c.study_id == study_id))
        found = [Outcome.model_validate_json(row) for row in rows]
        return sorted(found, key=lambda one: (one.persona_id, one.stage, one.asset.casefold(), one.period))

    def clear(self, study_id: str) -> int:
        """Remove all; returns how many there were."""
        return self.connection.execute(delete(outcome).where(outcome.c.study_id == study_id)).rowcount
