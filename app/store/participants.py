"""Rows of participants."""

from sqlalchemy import Connection, delete, insert, select

from app.store.tables import participant
from retrieval.evidence import Participant


class ParticipantRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, study_id: str, people: list[Participant]) -> None:
        """Add the people, or replace what is known of them."""
        for person in people:
            self.delete(study_id, person.id)
            row = {"study_id": study_id, "id": person.id, "document": person.model_dump_json()}
            self.connection.execute(insert(participant).values(row))

    def all(self, study_id: str) -> list[Participant]:
        rows = select(participant.c.document).where(participant.c.study_id == study_id).order_by(participant.c.id)
        return [Participant.model_validate_json(row) for row in self.connection.scalars(rows)]

    def delete(self, study_id: str, person_id: str) -> None:
        of_study = participant.c.study_id == study_id
        self.connection.execute(delete(participant).where(of_study, participant.c.id == person_id))
