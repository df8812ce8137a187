"""Invented personas, briefs and outcomes for the tests of this room."""

from types import SimpleNamespace
from typing import Any, cast

from app.models.brief import Brief, Stage
from app.models.outcome import Outcome
from app.models.persona import MacroPersona, Persona
from app.models.persona_base import Sample


def persona(id: str, name: str) -> Persona:
    return MacroPersona(id=id, name=name, product_area="", summary="", segment_id="", coverage=0.5,
                        sample=Sample(n=2, participants=["P1", "P2"], sources=[]))  # fmt: skip


PEOPLE = [persona("pe_1", "Time-poor planner"), persona("pe_2", "Careful buyer"), persona("pe_3", "Careful auditor")]


def brief(id: str, persona_id: str, stage: Stage = Stage.TOP) -> Brief:
    """What ranking looks at of a brief."""
    known: Any = SimpleNamespace(id=id, persona_id=persona_id, funnel_stage=stage)
    return cast(Brief, known)


def outcome(persona_id: str, conversions: int, impressions: int, stage: Stage = Stage.TOP, **more: str) -> Outcome:
    given: Any = {"asset": "Guide", **more}
    return Outcome(persona_id=persona_id, stage=stage, impressions=impressions, conversions=conversions, **given)
