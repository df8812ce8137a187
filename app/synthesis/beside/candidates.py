"""Candidates: in a recruiting study, what would make people apply, come and stay; one persona for each core segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.engines.base import FieldBrief
from app.errors import InsufficientEvidence
from app.models.cast import Refusal
from app.models.claim import Status
from app.models.field import FieldSpec, Level, fields_of
from app.models.persona import CandidatePersona, Persona
from app.models.segment import Segment
from app.synthesis.filling import Briefs, Drafts, briefs_by_cues, briefs_by_theme, fill_fields
from app.synthesis.hearing import NEEDED, Hearing, StudyHearing
from app.synthesis.portrait import bias_flags, sample, summary
from app.workbench import Workbench
from retrieval.evidence import stable_id

# A candidate persona needs at least this many claims that stand.
MIN_CLAIMS = 2


@dataclass(frozen=True)
class CandidatePlan:
    """One core segment as people who might work somewhere, and a brief for each field."""

    hearing: Hearing
    fields: Briefs

    @property
    def briefs(self) -> list[FieldBrief]:
        return list(self.fields.values())


def plan_candidates(bench: Workbench, study: StudyHearing) -> list[CandidatePlan]:
    """A plan for each core segment; nothing outside recruiting."""
    material = study.material
    if material.study.kind != "recruiting" or material.tree is None:
        return []
    return [_plan(bench, study.of_segment(one)) for one in material.tree.macros]


def draft_candidates(
    plans: Sequence[CandidatePlan], drafts: Drafts, personas: Sequence[Persona]
) -> tuple[list[CandidatePersona], list[Refusal]]:
    """A candidate persona for each core segment of two people or more that says enough."""
    drafted: list[CandidatePersona] = []
    refused: list[Refusal] = []
    for plan in plans:
        segment = plan.hearing.segment
        try:
            drafted.append(_draft(plan, drafts, personas))
        except InsufficientEvidence as error:
            reason = f"Not enough evidence for {error.about}: have {error.found}, need {error.needed}."
            no = Refusal(segment_id=f"candidates of {segment.id}", name=_name(segment), reason=reason,
                         ask_next=error.ask_next)  # fmt: skip
            refused.append(no)
    return drafted, refused


def _name(segment: Segment) -> str:
    return f"{segment.name} looking at employers"


def _draft(plan: CandidatePlan, drafts: Drafts, personas: Sequence[Persona]) -> CandidatePersona:
    segment, material = plan.hearing.segment, plan.hearing.material
    content: dict[str, Any] = fill_fields(drafts, plan.hearing, plan.fields)
    own = [field for field in fields_of(Level.CANDIDATE) if Level.MICRO not in field.levels]
    told = [claim for field in own for claim in content[field.id] if claim.status is not Status.NO_EVIDENCE]
    if len(segment.members) < NEEDED or len(told) < MIN_CLAIMS:
        raise InsufficientEvidence(f"the persona “{_name(segment)}”", len(told), MIN_CLAIMS, f"Ask: “{own[0].ask}”")
    linked = [one for one in personas if one.kind is Level.MACRO and one.segment_id == segment.id]
    return CandidatePersona(
        id=stable_id("pe", "candidate", segment.id),
        name=_name(segment),
        product_area=material.study.product_area,
        summary=summary(segment, material, {"motivations": told[:1], "decision_logic": told[1:2]}),
        segment_id=segment.id,
        definition=segment.definition,
        coverage=round(len(segment.members) / len(material.interviewed), 4),
        sample=sample(segment, material),
        bias_flags=bias_flags(segment, material, content),
        linked_persona_id=linked[0].id if linked else None,
        **content,
    )


def _plan(bench: Workbench, hearing: Hearing) -> CandidatePlan:
    """The fields of a micro persona theme by theme, a candidate's own by cues."""
    shared = [field for field in bench.fields if Level.MICRO in field.levels]
    own: list[FieldSpec] = [field for field in fields_of(Level.CANDIDATE) if Level.MICRO not in field.levels]
    return CandidatePlan(hearing, briefs_by_theme(hearing, shared) | briefs_by_cues(bench, hearing, own))
