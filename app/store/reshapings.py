"""Rows of what people decided about segments and themes."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from app.models.reshaping import Decision
from app.store.tables import reshaping


class ReshapingRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def all(self, study_id: str, about: str) -> list[Decision]:
        """The study's decisions about `segment` or `theme`, in the order they were made."""
        chosen = select(reshaping.c.document).where(reshaping.c.study_id == study_id, reshaping.c.about == about)
        return [
            Decision.model_validate_json(row) for row in self.connection.scalars(chosen.order_by(reshaping.c.number))
        ]

    def replace(self, study_id: str, about: str, decisions: Sequence[Decision]) -> None:
        """Make these the study's decisions about `about`; new ones, which have no number yet, get the next."""
        here = (reshaping.c.study_id == study_id, reshaping.c.about == about)
        newest = select(func.max(reshaping.c.number)).where(reshaping.c.study_id == study_id)
        number = self.connection.scalar(newest) or 0
        self.connection.execute(delete(reshaping).where(*here))
        for one in decisions:
            number += not one.number
            row = one if one.number else one.model_copy(update={"number": number})
            values = {"number": row.number, "about": about, "document": row.model_dump_json()}
            self.connection.execute(insert(reshaping).values(study_id=study_id, **values))

    def forget(self, study_id: str, is_gone: Callable[[str], bool]) -> None:
        """Take people and evidence that are gone out of the decisions, and drop those about nobody else."""
        for about in ("segment", "theme"):
            decisions = self.all(study_id, about)
            named = {id for one in decisions for id in (*one.members, *(id for a in one.anchors for id in a.members))}
            ids = {id for id in named if is_gone(id)}
            left = [one.without(ids) if one.names(ids) else one for one in decisions]
            gone = [one for one, cleaned in zip(decisions, left, strict=True) if one.members and not cleaned.members]
            if ids:
                numbers = {one.number for one in gone}
                self.replace(study_id, about, [one for one in left if one.number not in numbers])
