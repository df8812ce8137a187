"""Rows of participants."""

from collections.abc import Sequence

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

    def get(self, study_id: str, ids: Sequence[str]) -> dict[str, Participant]:
        """What is known of the people among `ids`, by id."""
        here = (participant.c.study_id == study_id, participant.c.id.in_(ids))
        found = self.connection.scalars(select(participant.c.document).where(*here))
        people = [Participant.model_validate_json(row) for row in found]
        return {person.id: person for person in people}

    def delete(self, study_id: str, person_id: str) -> None:
        of_study = participant.c.study_id == study_id
        self.connection.execute(delete(participant).where(of_study, participant.c.id == person_id))
