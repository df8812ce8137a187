"""Rows of what people decided about claims."""

from sqlalchemy import Connection, delete, insert, select

from app.models.review import ClaimReview
from app.store.tables import review


class ReviewRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save(self, study_id: str, new: ClaimReview) -> None:
        """Put the decision in the place of an earlier one about the same claim."""
        self.delete(study_id, new.persona_id, new.claim_id)
        row = {"study_id": study_id, "persona_id": new.persona_id, "claim_id": new.claim_id}
        self.connection.execute(insert(review).values(**row, document=new.model_dump_json()))

    def all(self, study_id: str) -> dict[str, dict[str, ClaimReview]]:
        """Persona id → claim id → the decision."""
        found: dict[str, dict[str, ClaimReview]] = {}
        for row in self.connection.scalars(select(review.c.document).where(review.c.study_id == study_id)):
            one = ClaimReview.model_validate_json(row)
            found.setdefault(one.persona_id, {})[one.claim_id] = one
        return found

    def delete(self, study_id: str, persona_id: str, claim_id: str) -> None:
        here = (review.c.study_id == study_id, review.c.persona_id == persona_id, review.c.claim_id == claim_id)
        self.connection.execute(delete(review).where(*here))
