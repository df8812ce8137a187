"""Request: what a door asks the desk to draft."""

from app.models.base import Model


class DraftRequest(Model):
    study_id: str
    segment_id: str
