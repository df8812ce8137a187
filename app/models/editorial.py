"""Editorial: the briefs of a study as planners take them. This is the shape of `editorial.json`."""

from typing import Literal

from pydantic import Field

from app.models.base import Model
from app.models.brief import Format, Intent, Stage


class EditorialItem(Model):
    """A brief as something to be done. `persona_review` is the day on which its persona is to be looked at again, not
    one by which anything is written; `persona_owner` answers for the persona."""

    brief_id: str
    title: str
    description: str
    status: Literal["Draft", "Approved", "Stale"]
    stale: str = Field("", description="Why it no longer says what is known; empty where it does.")
    persona_owner: str = ""
    persona_review: str = Field("", description="A day, as 2026-12-01; empty where nobody set one.")
    approved_by: str = ""
    approved_at: str = ""
    persona_id: str
    persona: str
    level: str
    stage: Stage
    intent: Intent
    industry: str = Field("", description="Empty for all.")
    format: Format
    asset_type: str
    key_message: str = Field(description="Says so instead where it is nearly words that are withheld.")
    tags: list[str]
    proof_points: int


class Editorial(Model):
    schema_version: Literal[1] = 1
    study_id: str
    study: str
    items: list[EditorialItem]
