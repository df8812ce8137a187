"""Theme: evidence of one code, from several participants, that means the same."""

from app.models.base import Model


class Theme(Model):
    """`evidence_ids` stand clearest first; `participants` are those who said it; `n` is how many were
    listened to. `granted`: those who said it take it for granted. `table_stakes`: most said it, or take it for
    granted, and no segment says it more than the others. `counter_ids` are themes on the same subject that take the
    opposite stance; they name each other; `dissent` is evidence that takes it and is too little for a theme."""

    id: str
    code: str
    label: str
    evidence_ids: list[str]
    participants: list[str]
    n: int
    granted: bool = False
    table_stakes: bool = False
    counter_ids: list[str] = []
    dissent: list[str] = []

    @property
    def k(self) -> int:
        return len(self.participants)
