"""Personas as an assistant reads them: without rejected claims, and for writers as they were published."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.access.principal import Principal
from app.access.published import seen
from app.access.veil import open_people
from app.mcp.answers import (
    ClaimAnswer,
    PersonaAnswer,
    PersonaLine,
    Personas,
    QuoteAnswer,
    Studies,
    StudyAnswer,
    Unknown,
)
from app.mcp.door import Asked, Door
from app.models.claim import Citation, Claim, Stance
from app.models.field import FieldSpec, fields_of
from app.models.persona import MicroPersona, NegativePersona, Persona
from app.models.review import without_rejected
from app.synthesis.reviewing import find_among, personas_of
from app.workbench import Workbench

# More would drown what the first ones say; k tells how many there are.
MOST_QUOTES, MOST_AGAINST = 5, 3


def list_studies(door: Door) -> Studies:
    you, known = door.studies()
    return Studies(
        studies=[
            StudyAnswer(id=one.id, name=one.name, product_area=one.product_area,
                        personas=len(_seen(door.bench, one.id, you)))
            for one in known
        ]
    )  # fmt: skip


def list_personas(asked: Asked) -> Personas:
    return Personas(personas=[PersonaLine(**_line(one)) for one in _seen(asked.bench, asked.study, asked.you)])


def get_persona(asked: Asked, wanted: str) -> PersonaAnswer:
    """By id or a part of the name; NotFound, naming those there are."""
    found = find_among(_seen(asked.bench, asked.study, asked.you), wanted)
    specs = {spec.id: spec for spec in fields_of(found.kind)}
    with asked.bench.store.transaction() as tx:
        open_ = open_people(tx.participants.all(asked.study))
        names = tx.sources.names(asked.study)
    return PersonaAnswer(
        **_line(found), study=asked.study, version=found.version, cautions=[*found.assumptions, *found.bias_flags],
        leave_out=found.suppression_rule.text if isinstance(found, NegativePersona) else "",
        claims=[_claim(one, specs, open_, names) for one in found.grounded_claims()],
        unknown=[Unknown(field=_label(one, specs), ask_next=one.gap.ask_next) for one in found.claims() if one.gap],
    )  # fmt: skip


def _seen(bench: Workbench, study: str, you: Principal) -> Sequence[Persona]:
    with bench.store.transaction() as tx:
        standing = [without_rejected(one) for one in personas_of(tx, study)]
        return seen(tx, study, you.sight, standing)


def _line(one: Persona) -> dict[str, Any]:
    core = one.parent_macro_id if isinstance(one, MicroPersona) else None
    return {"id": one.id, "name": one.name, "kind": one.kind, "summary": one.summary,
            "participants": one.sample.n, "core": core}  # fmt: skip


def _claim(one: Claim, specs: Mapping[str, FieldSpec], open_: frozenset[str], names: Mapping[str, str]) -> ClaimAnswer:
    cited = [*one.supporting[:MOST_QUOTES], *one.contradicting[:MOST_AGAINST]]
    return ClaimAnswer(
        id=one.id, field=_label(one, specs), text=one.text, status=one.status, k=one.support.k, n=one.support.n,
        quotes=[_quote(quote, open_, names) for quote in cited],
    )  # fmt: skip


def _quote(cited: Citation, open_: frozenset[str], names: Mapping[str, str]) -> QuoteAnswer:
    return QuoteAnswer(
        text=cited.text, participant_id=cited.participant_id, source=names.get(cited.source_id, cited.source_id),
        may_be_published=cited.participant_id in open_, against=cited.stance is Stance.CONTRADICTS,
    )  # fmt: skip


def _label(one: Claim, specs: Mapping[str, FieldSpec]) -> str:
    return specs[one.field].label if one.field in specs else one.field.replace("_", " ").capitalize()
