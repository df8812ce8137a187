"""The comparison table: one row a field, the core persona and its micro personas side by side."""

from collections.abc import Sequence

from app.models.claim import Claim
from app.models.field import FieldSpec
from app.models.persona import MicroPersona, Persona
from app.playbook.claims import ClaimWriter, hue
from app.playbook.order import STAKES, key, keys, shown
from app.playbook.view import CellView, ColumnView, CompareRow, CompareView

Column = tuple[Persona, ClaimWriter]


def compare(core: Column, micros: Sequence[Column], specs: Sequence[FieldSpec]) -> CompareView:
    """The core is the first column. A row stands where at least one persona says something."""
    columns = [core, *micros]
    rows = [
        CompareRow(
            spec.label,
            hue(spec),
            [core_cell(core, spec), *(cell(micro, core[0], spec) for micro in micros)],
            spec.id,
        )
        for spec in [*specs, STAKES]
        if any(lead(persona, spec) for persona, _ in columns)
    ]
    return CompareView([ColumnView(w.ref, p.name, p.sample.n, "#" + w.persona_anchor) for p, w in columns], rows)


def core_cell(core: Column, spec: FieldSpec) -> CellView:
    """The core's claim in one field; `absent` where only micro personas carry the field."""
    persona, writer = core
    claim = lead(persona, spec)
    if claim:
        return claim_cell(writer, claim)
    return CellView(writer.ref, "gap" if spec.id in type(persona).model_fields else "absent")


def cell(micro: Column, core: Persona, spec: FieldSpec) -> CellView:
    """A micro persona's own claim in one field, else that it shares the core's, else that nobody said enough."""
    persona, writer = micro
    inherited = keys(claims_of(core, spec))
    claim = lead(persona, spec, inherited)
    if claim is None:
        return CellView(writer.ref, "gap")
    if key(claim) in inherited and claim not in differences(persona, spec):
        return CellView(writer.ref, "same", k=claim.support.k, n=claim.support.n)
    return claim_cell(writer, claim)


def claim_cell(writer: ClaimWriter, claim: Claim) -> CellView:
    ref, anchor = writer.name(claim)
    href = f"#{anchor}" if claim.id in writer.numbers else ""
    first = claim.supporting[0]
    said = writer.desk.shown(first.of(writer.desk.source(first.source_id).text), first.participant_id)
    return CellView(
        writer.ref, "claim", ref, claim.text, claim.support.k, claim.support.n, href, said, first.participant_id
    )


def lead(persona: Persona, spec: FieldSpec, inherited: set[str] | None = None) -> Claim | None:
    """The claim that speaks for a field: a difference, else one of its own, else one it inherits."""
    plain = shown(claims_of(persona, spec))
    own = [claim for claim in plain if key(claim) not in (inherited or set())]
    return next(iter([*differences(persona, spec), *own, *plain]), None)


def differences(persona: Persona, spec: FieldSpec) -> list[Claim]:
    """What sets a micro persona apart in one field; nothing for a core persona."""
    items = persona.differs_from_core if isinstance(persona, MicroPersona) else []
    return shown(item.claim for item in items if item.claim.field == spec.id)


def claims_of(persona: Persona, spec: FieldSpec) -> list[Claim]:
    """The claims of a field; none where this kind of persona does not carry it."""
    return persona.field(spec.id) if spec.id in type(persona).model_fields else []
