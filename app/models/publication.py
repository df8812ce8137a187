"""Publication: which version of a persona writers get to see."""

from datetime import date

from app.models.base import Model


class Publication(Model):
    """`by` and `at` say who let it out, and when (seconds since 1970); `owner` who answers for it, and `review_due`
    the day on which it is to be looked at again, where somebody said so."""

    persona_id: str
    version: int
    by: str
    at: float
    owner: str = ""
    review_due: date | None = None
