"""Persona: a grounded description of a group. Every field is a list of claims.

MacroPersona   the core persona of a macro segment
MicroPersona   a core persona's parent plus what differs, for two people or more

The list of fields, their order and their codes are data: see `app.models.field`.
"""

from typing import Annotated, Literal

from pydantic import Field

from app.models.base import Model
from app.models.claim import Claim, Status
from app.models.field import Level
from app.models.segment import Lift, Predicate

Claims = list[Claim]


class Sample(Model):
    """Who was listened to. `gaps` are sentences about what the sample does not cover."""

    n: int
    participants: list[str]
    sources: list[str]
    gaps: list[str] = []


class Difference(Model):
    """A claim that sets a micro persona apart, with its lift over the rest of the core."""

    claim: Claim
    lift: Lift


class ContrastPair(Model):
    """Two people with one role and opposite logic: two claims of two micro personas."""

    role: str
    ours: Claim
    theirs: Claim
    their_persona_id: str


class PersonaBase(Model):
    """What every persona carries: identity, whom it stands for, and the claim fields."""

    id: str
    version: int = 1
    name: str
    product_area: str
    summary: str
    segment_id: str
    definition: list[Predicate] = []
    coverage: float = Field(ge=0, le=1, description="Share of all participants it stands for.")
    sample: Sample

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

    assumptions: list[str] = []
    bias_flags: list[str] = []
    owner: str | None = None
    review_due: str | None = None

    def field(self, field_id: str) -> Claims:
        """The claims of one field by its id."""
        claims: Claims = getattr(self, field_id)
        return claims

    def claims(self) -> Claims:
        """All claims, in the order the fields are declared."""
        found: Claims = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, list):
                found += [item.claim if isinstance(item, Difference) else item
                          for item in value if isinstance(item, Claim | Difference)]  # fmt: skip
        return found

    def grounded_claims(self) -> Claims:
        return [claim for claim in self.claims() if claim.status is not Status.NO_EVIDENCE]


class MacroPersona(PersonaBase):
    kind: Literal[Level.MACRO] = Level.MACRO
    micro_ids: list[str] = []


class MicroPersona(PersonaBase):
    kind: Literal[Level.MICRO] = Level.MICRO
    parent_macro_id: str
    differentiator: str
    differs_from_core: list[Difference] = Field(min_length=3)
    contrast: list[ContrastPair] = []
    emotional_drivers: Claims = []
    rational_drivers: Claims = []
    deal_breakers: Claims = []
    trust_builders: Claims = []
    turn_offs: Claims = []
    implied_next_step: Claims = []
    funnel_use: Literal["middle", "bottom"] = "middle"
    estimated_share: float = Field(ge=0, le=1, description="Share of the core persona's participants.")


Persona = Annotated[MacroPersona | MicroPersona, Field(discriminator="kind")]
