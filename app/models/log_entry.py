"""LogEntry: who did what, and when. Holds ids and words of ours, never what a person said."""

from hashlib import sha256
from json import dumps

from app.models.base import Model


class LogEntry(Model):
    """`digest` seals the entry and all before it."""

    number: int
    at: float
    who: str
    action: str
    study_id: str | None
    about: str
    digest: str = ""

    def sealed(self, previous: str) -> str:
        """What its digest is, after an entry with the digest `previous`."""
        fields = [previous, self.number, self.at, self.who, self.action, self.study_id, self.about]
        return sha256(dumps(fields, ensure_ascii=True).encode()).hexdigest()
