"""Persona: a grounded description of a group. Every field is a list of claims.

MacroPersona   the core persona of a macro segment
MicroPersona   a core persona's parent plus what differs, for two people or more
CustomerPersona, NegativePersona, CandidatePersona: see their own files

The list of fields, their order and their codes are data: see `app.models.field`.
"""

from typing import Annotated, Literal

from pydantic import Field

from app.models.base import Model
from app.models.candidate_persona import CandidatePersona
from app.models.claim import Claim
from app.models.customer_persona import CustomerPersona
from app.models.field import Level
from app.models.negative_persona import NegativePersona
from app.models.persona_base import Backed, Claims, Drivers, PersonaBase, Portrait, Sample
from app.models.segment import Lift

__all__ = [
    "CandidatePersona", "Claims", "ContrastPair", "CustomerPersona", "Difference", "MacroPersona", "MicroPersona",
    "NegativePersona", "Persona", "PersonaBase", "Portrait", "Sample",
]  # fmt: skip


class Difference(Backed):
    """A claim that sets a micro persona apart, with its lift over the rest of the core."""

    lift: Lift


class ContrastPair(Model):
    """Two people with one role and opposite logic: two claims of two micro personas."""

    role: str
    ours: Claim
    theirs: Claim
    their_persona_id: str


class MacroPersona(PersonaBase):
    kind: Literal[Level.MACRO] = Level.MACRO
    micro_ids: list[str] = []


class MicroPersona(Drivers):
    kind: Literal[Level.MICRO] = Level.MICRO
    parent_macro_id: str
    differentiator: str
    differs_from_core: list[Difference] = Field(min_length=3)
    contrast: list[ContrastPair] = []
    funnel_use: Literal["middle", "bottom"] = "middle"
    estimated_share: float = Field(ge=0, le=1, description="Share of the core persona's participants.")


Persona = Annotated[
    MacroPersona | MicroPersona | CustomerPersona | NegativePersona | CandidatePersona, Field(discriminator="kind")
]
