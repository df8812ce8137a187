"""Personas: one draft, top to bottom.

    request → the segment's evidence, field by field → the engine writes claims that cite evidence ids
    → ground_claims keeps what holds → what differs from the core (micro only) → saved with provenance

Too little evidence for a persona is InsufficientEvidence; for a field it is a gap with the next question.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from app.errors import InsufficientEvidence, NotFound
from app.models.cast import Refusal
from app.models.claim import Claim, Status
from app.models.field import FieldSpec, Level
from app.models.persona import MacroPersona, MicroPersona, Persona
from app.models.request import DraftRequest
from app.models.segment import Segment, SegmentTree
from app.progress import Progress, Silent, each
from app.synthesis.beside.candidates import draft_candidates
from app.synthesis.beside.customers import draft_customers
from app.synthesis.beside.negatives import draft_negatives
from app.synthesis.contrast import add_contrasts
from app.synthesis.differences import differentiator, find_differences
from app.synthesis.filling import fill_field
from app.synthesis.hearing import Hearing, StudyHearing
from app.synthesis.material import Material, load_coded_material
from app.synthesis.portrait import bias_flags, sample, summary
from app.synthesis.provenance import provenance
from app.synthesis.versions import numbered
from app.workbench import Workbench
from retrieval.evidence import stable_id

# Any persona needs at least this many claims that stand, or it says nothing.
MIN_CLAIMS = 3


def draft_study(
    bench: Workbench, study_id: str, progress: Progress | None = None
) -> tuple[list[Persona], list[Refusal]]:
    """Draft every segment of the study, save what holds, and say which were refused and why."""
    bench = bench.for_study(study_id)
    study = StudyHearing.of(bench, load_coded_material(bench, study_id))
    tree = tree_of(study.material)
    personas: list[Persona] = []
    refused: list[Refusal] = []
    for segment in each(progress or Silent(), "Drafting", tree.drafted):
        try:
            personas.append(draft_persona(bench, DraftRequest(study_id=study_id, segment_id=segment.id), study))
        except InsufficientEvidence as error:
            refused.append(_refusal(segment, error))
    personas, orphans = link(personas)
    personas = add_contrasts(bench, study, personas)
    refused += [_orphan(one) for one in orphans]
    for more, no in _other_kinds(bench, study, personas):
        personas, refused = [*personas, *more], [*refused, *no]
    with bench.store.transaction() as tx:
        personas = numbered(personas, tx.results.versions(study_id))
        tx.results.save_personas(study_id, personas, refused, provenance(bench))
    return personas, refused


def _other_kinds(
    bench: Workbench, study: StudyHearing, personas: Sequence[Persona]
) -> Iterator[tuple[Sequence[Persona], list[Refusal]]]:
    """Customer, candidate and negative personas: what stands beside the tree."""
    yield draft_customers(bench, study, personas)
    yield draft_candidates(bench, study, personas)
    yield draft_negatives(bench, study.material)


def draft_persona(bench: Workbench, request: DraftRequest, study: StudyHearing | None = None) -> Persona:
    """Draft the persona of one segment. Raises NotFound, or InsufficientEvidence with what to ask next.

    `study` may be handed over where several segments of one study are drafted.
    """
    bench = bench.for_study(request.study_id)
    study = study or StudyHearing.of(bench, load_coded_material(bench, request.study_id))
    segment = tree_of(study.material).get(request.segment_id)
    if segment is None:
        raise NotFound("segment", request.segment_id, f"List them with: dramatis segment {request.study_id}")
    hearing = study.of_segment(segment)
    content = _content(bench, hearing)
    return _micro(bench, hearing, content) if segment.level is Level.MICRO else _macro(hearing, content)


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


def _content(bench: Workbench, hearing: Hearing) -> dict[str, Any]:
    """Field id → claims, for every field the segment's level carries; identity and sample."""
    segment, material = hearing.segment, hearing.material
    themes = [theme for theme in material.themes if not theme.table_stakes]
    fields = [field for field in bench.fields if segment.level in field.levels]
    content: dict[str, Any] = {field.id: fill_field(bench, hearing, field, themes) for field in fields}
    content["table_stakes"] = _table_stakes(bench, hearing)
    claims = [claim for field in fields for claim in content[field.id] if claim.status is not Status.NO_EVIDENCE]
    if len(claims) < MIN_CLAIMS:
        remedy = f"Ask, among others: “{fields[0].ask}”"
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


def _table_stakes(bench: Workbench, hearing: Hearing) -> list[Claim]:
    spec = FieldSpec(id="table_stakes", label="Table stakes", codes=bench.codebook.ids, ask="")
    stakes = [theme for theme in hearing.material.themes if theme.table_stakes]
    claims = fill_field(bench, hearing, spec, stakes) if stakes else []
    return [claim for claim in claims if claim.status is not Status.NO_EVIDENCE]


def _macro(hearing: Hearing, content: dict[str, Any]) -> MacroPersona:
    return MacroPersona(**content, summary=summary(hearing.segment, hearing.material, content))


def _micro(bench: Workbench, hearing: Hearing, content: dict[str, Any]) -> MicroPersona:
    segment, material = hearing.segment, hearing.material
    parent = tree_of(material).get(segment.parent_id or "")
    if parent is None:
        raise InsufficientEvidence(f"the persona “{segment.name}”", 0, 1, "A micro persona needs a core persona.")
    differences = find_differences(bench, hearing, parent)
    return MicroPersona(
        **content,
        summary=summary(segment, material, content, differences),
        parent_macro_id=persona_id(parent),
        differentiator=differentiator(differences, bench.codebook, material),
        differs_from_core=differences,
        funnel_use="bottom" if _has(content["intent_signals"]) else "middle",
        estimated_share=round(len(segment.members) / len(parent.members), 4),
    )


def _has(claims: Sequence[Claim]) -> bool:
    return any(claim.status is not Status.NO_EVIDENCE for claim in claims)


def _orphan(micro: MicroPersona) -> Refusal:
    reason = "There was not enough evidence for the core persona it belongs to."
    return Refusal(segment_id=micro.segment_id, name=micro.name, reason=reason, ask_next="See the core persona.")


def _refusal(segment: Segment, error: InsufficientEvidence) -> Refusal:
    reason = f"Not enough evidence for {error.about}: have {error.found}, need {error.needed}."
    return Refusal(segment_id=segment.id, name=segment.name, reason=reason, ask_next=error.ask_next)
