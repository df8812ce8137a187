"""Personas: one draft, top to bottom.

    request → a plan: the segment's evidence, field by field → the engine writes claims that cite evidence ids
    → ground_claims keeps what holds → what differs from the core (micro only) → saved with provenance

The plans of all personas of a study are drafted at once, so that an engine may answer several in one go.

Too little evidence for a persona is InsufficientEvidence; for a field it is a gap with the next question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from app.engines.base import FieldBrief
from app.errors import InsufficientEvidence, NotFound
from app.models.cast import Refusal
from app.models.claim import Claim, Status
from app.models.field import FieldSpec, Level
from app.models.persona import MacroPersona, MicroPersona, Persona
from app.models.request import DraftRequest
from app.models.segment import Segment, SegmentTree
from app.progress import Progress, Silent, each
from app.synthesis.beside.candidates import draft_candidates, plan_candidates
from app.synthesis.beside.customers import draft_customers, plan_customers
from app.synthesis.beside.negatives import draft_negatives
from app.synthesis.carrying import carry_decisions
from app.synthesis.contrast import add_contrasts
from app.synthesis.differences import Candidate, candidates, differentiator, find_differences
from app.synthesis.filling import Briefs, Drafts, briefs_by_theme, fill_fields
from app.synthesis.hearing import Hearing, StudyHearing
from app.synthesis.material import Material, load_coded_material, must_stand
from app.synthesis.portrait import bias_flags, sample, summary
from app.synthesis.provenance import provenance
from app.synthesis.staleness import drafted_anew
from app.synthesis.versions import numbered
from app.workbench import Workbench
from retrieval.evidence import stable_id

# Any persona needs at least this many claims that stand, or it says nothing.
MIN_CLAIMS = 3
STAKES = "table_stakes"


def draft_study(
    bench: Workbench, study_id: str, progress: Progress | None = None
) -> tuple[list[Persona], list[Refusal]]:
    """Draft every segment of the study, save what holds, and say which were refused and why."""
    bench = bench.for_study(study_id)
    study = StudyHearing.of(bench, load_coded_material(bench, study_id))
    plans = [plan_persona(bench, study.of_segment(one)) for one in tree_of(study.material).drafted]
    buyers, applicants = plan_customers(bench, study), plan_candidates(bench, study)
    asked = [plan.briefs for plan in plans] + [plan.briefs for plan in buyers] + [plan.briefs for plan in applicants]
    drafts = Drafts(bench.engine, list(chain.from_iterable(asked)))
    personas: list[Persona] = []
    refused: list[Refusal] = []
    for plan in each(progress or Silent(), "Drafting", plans):
        try:
            personas.append(write_persona(bench, plan, drafts))
        except InsufficientEvidence as error:
            refused.append(_refusal(plan.hearing.segment, error))
    personas, orphans = link(personas)
    personas = add_contrasts(bench, study, personas)
    refused += [_orphan(one) for one in orphans]
    bought, no_customers = draft_customers(buyers, drafts, personas)
    applying, no_candidates = draft_candidates(applicants, drafts, personas)
    unfit, no_negatives = draft_negatives(bench, study.material)
    personas = [*personas, *bought, *applying, *unfit]
    refused += [*no_customers, *no_candidates, *no_negatives]
    with bench.store.transaction(alone=True) as tx:
        must_stand(tx, study_id, study.material.source_by_id)
        kept, basis = tx.results.versions(study_id), tx.results.basis(study_id)
        personas = numbered(personas, kept)
        tx.results.save_personas(study_id, personas, refused, provenance(bench))
        carry_decisions(tx, study_id, personas, kept)
        if basis:
            tx.results.rebase(study_id, drafted_anew(basis, study.material))
    return personas, refused


def draft_persona(bench: Workbench, request: DraftRequest) -> Persona:
    """Draft the persona of one segment. Raises NotFound, or InsufficientEvidence with what to ask next."""
    bench = bench.for_study(request.study_id)
    study = StudyHearing.of(bench, load_coded_material(bench, request.study_id))
    segment = tree_of(study.material).get(request.segment_id)
    if segment is None:
        raise NotFound("segment", request.segment_id, f"List them with: dramatis segment {request.study_id}")
    plan = plan_persona(bench, study.of_segment(segment))
    return write_persona(bench, plan, Drafts(bench.engine, plan.briefs))


@dataclass(frozen=True)
class PersonaPlan:
    """What is asked of the engine for one segment: a brief for each field, and for each difference from the core."""

    hearing: Hearing
    fields: Briefs
    differences: list[Candidate]

    @property
    def briefs(self) -> list[FieldBrief]:
        return [*self.fields.values(), *(one.brief for one in self.differences)]


def plan_persona(bench: Workbench, hearing: Hearing) -> PersonaPlan:
    segment = hearing.segment
    fields = briefs_by_theme(hearing, [field for field in bench.fields if segment.level in field.levels])
    parent = _parent(hearing)
    return PersonaPlan(
        hearing=hearing,
        fields=fields | _table_stakes(bench, hearing),
        differences=candidates(bench, hearing, parent) if parent else [],
    )


def write_persona(bench: Workbench, plan: PersonaPlan, drafts: Drafts) -> Persona:
    """The persona from what the engine drafted for its plan; InsufficientEvidence where too little holds."""
    content = _content(plan, drafts)
    if plan.hearing.segment.level is Level.MICRO:
        return _micro(bench, plan, drafts, content)
    return _macro(plan.hearing, content)


def tree_of(material: Material) -> SegmentTree:
    """The study's segments; InsufficientEvidence where there are none yet."""
    if material.tree is None or not material.tree.segments:
        remedy = f"Find segments first: dramatis segment {material.study.id}"
        raise InsufficientEvidence("personas", 0, 1, remedy)
    return material.tree


def link(personas: Sequence[Persona]) -> tuple[list[Persona], list[MicroPersona]]:
    """The personas, each core persona knowing its micro personas; and the micros whose core was refused."""
    macros = {one.id for one in personas if isinstance(one, MacroPersona)}
    orphans = [one for one in personas if isinstance(one, MicroPersona) and one.parent_macro_id not in macros]
    kept = [one for one in personas if one not in orphans]
    micros = [one for one in kept if isinstance(one, MicroPersona)]
    return [_with_micros(one, micros) if isinstance(one, MacroPersona) else one for one in kept], orphans


def _with_micros(macro: MacroPersona, micros: Sequence[MicroPersona]) -> MacroPersona:
    return macro.model_copy(update={"micro_ids": [one.id for one in micros if one.parent_macro_id == macro.id]})


def persona_id(segment: Segment) -> str:
    return stable_id("pe", segment.id)


def _content(plan: PersonaPlan, drafts: Drafts) -> dict[str, Any]:
    """Field id → claims, for every field the segment's level carries; identity and sample."""
    hearing = plan.hearing
    segment, material = hearing.segment, hearing.material
    content: dict[str, Any] = fill_fields(drafts, hearing, plan.fields)
    content[STAKES] = [claim for claim in content.get(STAKES, []) if claim.status is not Status.NO_EVIDENCE]
    claims = [claim for id in plan.fields if id != STAKES for claim in content[id] if _stands(claim)]
    if len(claims) < MIN_CLAIMS:
        first = next(iter(plan.fields.values())).field
        remedy = f"Ask, among others: “{first.ask}”"
        raise InsufficientEvidence(f"the persona “{segment.name}”", len(claims), MIN_CLAIMS, remedy)
    return content | {
        "id": persona_id(segment),
        "name": segment.name,
        "product_area": material.study.product_area,
        "segment_id": segment.id,
        "definition": segment.definition,
        "coverage": round(len(segment.members) / len(material.interviewed), 4),
        "sample": sample(segment, material),
        "bias_flags": bias_flags(segment, material, content),
    }


def _table_stakes(bench: Workbench, hearing: Hearing) -> Briefs:
    """The brief for what everybody wants; none where the study knows no table stakes."""
    stakes = [theme for theme in hearing.material.themes if theme.table_stakes]
    spec = FieldSpec(id=STAKES, label="Table stakes", codes=bench.codebook.ids, ask="")
    return {STAKES: hearing.brief(spec, stakes)} if stakes else {}


def _macro(hearing: Hearing, content: dict[str, Any]) -> MacroPersona:
    return MacroPersona(**content, summary=summary(hearing.segment, hearing.material, content))


def _micro(bench: Workbench, plan: PersonaPlan, drafts: Drafts, content: dict[str, Any]) -> MicroPersona:
    segment, material = plan.hearing.segment, plan.hearing.material
    parent = _parent(plan.hearing)
    if parent is None:
        raise InsufficientEvidence(f"the persona “{segment.name}”", 0, 1, "A micro persona needs a core persona.")
    differences = find_differences(drafts, plan.hearing, parent, plan.differences)
    return MicroPersona(
        **content,
        summary=summary(segment, material, content, differences),
        parent_macro_id=persona_id(parent),
        differentiator=differentiator(differences, bench.codebook, material),
        differs_from_core=differences,
        funnel_use="bottom" if any(map(_stands, content["intent_signals"])) else "middle",
        estimated_share=round(len(segment.members) / len(parent.members), 4),
    )


def _parent(hearing: Hearing) -> Segment | None:
    """The core segment a micro segment belongs to."""
    return tree_of(hearing.material).get(hearing.segment.parent_id or "")


def _stands(claim: Claim) -> bool:
    return claim.status is not Status.NO_EVIDENCE


def _orphan(micro: MicroPersona) -> Refusal:
    reason = "There was not enough evidence for the core persona it belongs to."
    return Refusal(segment_id=micro.segment_id, name=micro.name, reason=reason, ask_next="See the core persona.")


def _refusal(segment: Segment, error: InsufficientEvidence) -> Refusal:
    reason = f"Not enough evidence for {error.about}: have {error.found}, need {error.needed}."
    return Refusal(segment_id=segment.id, name=segment.name, reason=reason, ask_next=error.ask_next)
