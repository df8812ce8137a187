"""Outcome: how often something that was written was seen, and how often its reader did what it asks for."""

from pydantic import Field, model_validator

from app.models.base import Model
from app.models.brief import Stage
from app.models.crm import Estimate
from retrieval.evidence import stable_id


class Outcome(Model):
    """One asset for one persona at one stage, in one period. There is one for each: imported again it takes the place
    of the earlier. `brief_id` is the brief it was written from, where that is known."""

    asset: str = Field(min_length=1, max_length=200)
    persona_id: str
    stage: Stage
    period: str = ""
    impressions: int = Field(ge=0)
    conversions: int = Field(ge=0)
    brief_id: str = ""
    industry: str = ""

    @model_validator(mode="after")
    def _fewer_converted(self) -> "Outcome":
        if self.conversions > self.impressions:
            raise ValueError("more conversions than impressions")
        return self

    @property
    def id(self) -> str:
        return stable_id("oc", self.asset.casefold(), self.persona_id, self.stage, self.period.casefold())


class Measured(Model):
    """What one persona did at one stage, over all assets and periods. `rate` has Wilson's interval; None where nothing
    was seen by anybody."""

    persona_id: str
    stage: Stage
    assets: int
    impressions: int
    conversions: int
    rate: Estimate | None


class BriefRank(Model):
    """Where a brief stands among those of its study. `expected` is the rate it is ranked by, drawn towards what the
    study has as a whole where little was measured; `measured` is what was, None where nothing was; `why` in words."""

    brief_id: str
    place: int
    of: int
    expected: float
    measured: Estimate | None
    why: str
