"""What the kinds of persona have in common: whom they stand for, and how their claims are found.

Portrait     identity, sample and cautions: every kind
PersonaBase  a portrait with the claim fields of a core persona
Drivers      those of somebody one can decide with: micro and candidate personas add them
"""

from pydantic import Field

from app.models.base import Model
from app.models.claim import Claim, Status
from app.models.segment import Predicate

Claims = list[Claim]


class Sample(Model):
    """Who was listened to. `gaps` are sentences about what the sample does not cover."""

    n: int
    participants: list[str]
    sources: list[str]
    gaps: list[str] = []


class Backed(Model):
    """Something more than a sentence that rests on a claim."""

    claim: Claim


class NoteMention(Model):
    """A note about the people or their account. It is context: never quoted, never counted as anybody's words.

    `says` are the labels of what its lines speak of, where that was looked for.
    """

    source_id: str
    source_name: str
    participants: list[str]
    says: list[str] = []


class Portrait(Model):
    """What every persona carries. `segment_id` is empty where it stands for no segment of the tree."""

    id: str
    version: int = 1
    name: str
    product_area: str
    summary: str
    segment_id: str
    definition: list[Predicate] = []
    coverage: float = Field(ge=0, le=1, description="Share of all participants it stands for.")
    sample: Sample

    assumptions: list[str] = []
    bias_flags: list[str] = []
    owner: str | None = None
    review_due: str | None = None

    def field(self, field_id: str) -> Claims:
        """The claims of one field by its id; a field this kind does not carry has none."""
        value = getattr(self, field_id, [])
        return [claim for item in value if (claim := _claim_of(item))] if isinstance(value, list) else []

    def claims(self) -> Claims:
        """All claims, in the order the fields are declared."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return [claim for value in values if isinstance(value, list) for item in value if (claim := _claim_of(item))]

    def grounded_claims(self) -> Claims:
        return [claim for claim in self.claims() if claim.status is not Status.NO_EVIDENCE]


def _claim_of(item: object) -> Claim | None:
    return item.claim if isinstance(item, Backed) else item if isinstance(item, Claim) else None


class PersonaBase(Portrait):
    """A portrait with the claim fields of a core persona."""

    motivations: Claims = []
    stressors: Claims = []
    pain_points: Claims = []
    objections: Claims = []
    decision_logic: Claims = []
    internal_influence: Claims = []
    budget_and_price_acceptance: Claims = []
    service_expectations: Claims = []
    communication_expectations: Claims = []
    relationship_expectations: Claims = []
    usage_pattern: Claims = []
    tech_comfort: Claims = []
    success_criteria: Claims = []
    intent_signals: Claims = []
    context: Claims = []
    table_stakes: Claims = []


class Drivers(PersonaBase):
    """What moves and stops a small group."""

    emotional_drivers: Claims = []
    rational_drivers: Claims = []
    deal_breakers: Claims = []
    trust_builders: Claims = []
    turn_offs: Claims = []
    implied_next_step: Claims = []
