"""Publication: which version of a persona writers get to see."""

from app.models.base import Model


class Publication(Model):
    """`by` and `at` say who let it out, and when (seconds since 1970)."""

    persona_id: str
    version: int
    by: str
    at: float
