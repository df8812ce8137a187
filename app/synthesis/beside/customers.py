"""Customers: what people say after they bought, group by group. Notes about them are named, never quoted."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.engines.base import FieldBrief
from app.errors import InsufficientEvidence
from app.models.cast import Refusal
from app.models.claim import Claim, Status
from app.models.field import Level, fields_of
from app.models.persona import CustomerPersona, Persona
from app.models.segment import Member, Segment
from app.synthesis.beside.note_mentions import mentions
from app.synthesis.filling import Briefs, Drafts, briefs_by_cues, fill_fields
from app.synthesis.hearing import NEEDED, Hearing, StudyHearing
from app.synthesis.material import Material
from app.synthesis.portrait import SMALL, listing, sample
from app.workbench import Workbench
from retrieval.evidence import Participant, stable_id

# Columns that say whether somebody has bought, and how tables spell it.
COLUMNS = ("customer_status", "customer", "client_status", "account_status", "lifecycle_stage", "stage", "status")
LAPSED = re.compile(r"\b(?:lapsed|churned|former|ex|past|cancell?ed|left|inactive)\b", re.I)
CURRENT = re.compile(
    r"\b(?:customers?|clients?|existing|current|active|won|subscribed|subscribers?|renewal|yes|true)\b", re.I
)
NOT_YET = re.compile(r"\b(?:non|not|no|never|prospects?|leads?|potential|lost|trial)\b", re.I)


def stage_of(person: Participant) -> str:
    """`current`, `lapsed`, or empty where the table does not call them a customer.

    The first column that says anything decides; a column named like a state of something else ("stage" of
    a school) is passed over because its words say nothing of buying.
    """
    for column in COLUMNS:
        value = person.attributes.get(column, "").replace("_", " ").replace("-", " ")
        if LAPSED.search(value):
            return "lapsed"
        if NOT_YET.search(value):
            return ""
        if CURRENT.search(value):
            return "current"
    return ""


@dataclass(frozen=True)
class CustomerPlan:
    """Customers of one core segment (or of none, then `segment_id` is empty), and a brief for each field."""

    hearing: Hearing
    segment_id: str
    fields: Briefs

    @property
    def briefs(self) -> list[FieldBrief]:
        return list(self.fields.values())

    @property
    def name(self) -> str:
        return self.hearing.segment.name


def plan_customers(bench: Workbench, study: StudyHearing) -> list[CustomerPlan]:
    """A plan for each core segment that holds customers."""
    plans = []
    for name, segment_id, people in _groups(study.material):
        hearing = study.of_segment(_as_segment(name, people))
        fields = briefs_by_cues(bench, hearing, fields_of(Level.CUSTOMER)) if len(people) >= NEEDED else {}
        plans.append(CustomerPlan(hearing, segment_id, fields))
    return plans


def draft_customers(
    plans: Sequence[CustomerPlan], drafts: Drafts, personas: Sequence[Persona]
) -> tuple[list[CustomerPersona], list[Refusal]]:
    """A customer persona for each core segment with two customers or more; a refusal for each with one."""
    drafted: list[CustomerPersona] = []
    refused: list[Refusal] = []
    for plan in plans:
        try:
            drafted.append(_draft(plan, drafts, personas))
        except InsufficientEvidence as error:
            reason = f"Not enough evidence for {error.about}: have {error.found}, need {error.needed}."
            own = f"customers of {plan.segment_id or 'no segment'}"
            refused.append(Refusal(segment_id=own, name=plan.name, reason=reason, ask_next=error.ask_next))
    return drafted, refused


def _groups(material: Material) -> list[tuple[str, str, list[str]]]:
    """(name, segment, customers) for each core segment that holds any, those in no segment last."""
    left = [one for one in material.interviewed if stage_of(material.person_by_id[one])]
    groups = []
    for macro in material.tree.macros if material.tree else []:
        if here := [one for one in left if one in macro.participant_ids]:
            groups.append((f"{macro.name} who has bought", macro.id, here))
            left = [one for one in left if one not in here]
    return [*groups, ("Customer outside the core segments", "", left)] if left else groups


def _draft(plan: CustomerPlan, drafts: Drafts, personas: Sequence[Persona]) -> CustomerPersona:
    name, group, material = plan.name, plan.hearing.segment, plan.hearing.material
    people = group.participant_ids
    if len(people) < NEEDED:
        ask = f"{people[0]} is the only one here; interview another customer, and ask what changed since they bought."
        raise InsufficientEvidence(f"a customer persona “{name}” (customers)", len(people), NEEDED, ask)
    content = fill_fields(drafts, plan.hearing, plan.fields)
    told = [claim for claims in content.values() for claim in claims if claim.status is not Status.NO_EVIDENCE]
    stage = _stages(people, material)
    best = sorted(told, key=lambda claim: (-claim.support.k, -claim.confidence, claim.id))[:2]
    counted = f"{len(people)} of {len(material.interviewed)} people are customers here: {stage}."
    return CustomerPersona(
        id=stable_id("pe", group.id),
        name=name,
        product_area=material.study.product_area,
        summary=" ".join([counted, *(claim.text for claim in best)]),
        segment_id=plan.segment_id,
        coverage=round(len(people) / len(material.interviewed), 4),
        sample=sample(group, material),
        bias_flags=_flags(people, told),
        linked_persona_id=_linked(people, personas),
        lifecycle_stage=stage,
        notes=mentions(people, material),
        **content,
    )


def _as_segment(name: str, people: list[str]) -> Segment:
    """The customers as a group that can be heard. It is no part of the tree."""
    members = [Member(participant_id=one, weight=1.0, why="a customer by the participants table") for one in people]
    return Segment(id=stable_id("seg", "customers", *people), parent_id=None, level=Level.CUSTOMER, name=name,
                   definition=[], members=members)  # fmt: skip


def _stages(people: Sequence[str], material: Material) -> str:
    counts = Counter(stage_of(material.person_by_id[one]) for one in people)
    return listing([f"{count} {stage}" for stage, count in sorted(counts.items())])


def _linked(people: Sequence[str], personas: Sequence[Persona]) -> str | None:
    """The micro persona more than half of them belong to, else the core persona most belong to."""
    held = [(len(set(people) & set(one.sample.participants)), one) for one in personas]
    micro = [one for count, one in held if one.kind is Level.MICRO and 2 * count > len(people)]
    macro = sorted(((-count, one.id) for count, one in held if one.kind is Level.MACRO and count))
    return micro[0].id if micro else macro[0][1] if macro else None


def _flags(people: Sequence[str], told: Sequence[Claim]) -> list[str]:
    flags = []
    if len(people) < SMALL:
        flags.append(f"Rests on {len(people)} customers: read as a lead to follow, not as a finding.")
    if not told:
        flags.append("No two of them said alike things in any field yet: use the questions for the next interviews.")
    return flags
