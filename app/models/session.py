"""Session: somebody who is logged in, known by the digest of the secret that their browser holds."""

from app.models.base import Model


class Session(Model):
    digest: str
    user_id: str
    started: float
    expires: float
