"""Grounds: everything the advice rests on, loaded once and passed along."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.errors import InsufficientEvidence
from app.models.cast import Cast
from app.models.evidence import Evidence
from app.models.field import FieldSpec
from app.models.persona import MicroPersona, Persona
from app.models.segment import Segment
from app.models.theme import Theme
from app.synthesis.casting import cast_of
from app.synthesis.material import Material, load_material
from app.workbench import Workbench
from retrieval.embedder import Embedder


@dataclass(frozen=True)
class Grounds:
    """`import_order` holds the ids of all sources, in the order they were imported."""

    cast: Cast
    material: Material
    fields: Sequence[FieldSpec]
    embedder: Embedder
    import_order: list[str]

    @cached_property
    def micros(self) -> list[MicroPersona]:
        """Micro personas, core by core."""
        return [micro for macro in self.cast.macros for micro in self.cast.micros_of(macro)]

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.cast.themes}

    def segment(self, persona: Persona) -> Segment | None:
        return self.cast.segments.get(persona.segment_id)

    def rest_of_core(self, micro: MicroPersona) -> list[str]:
        """The people of its core persona who are not its own."""
        core = next((one for one in self.cast.macros if one.id == micro.parent_macro_id), None)
        everybody = core.sample.participants if core else []
        return [one for one in everybody if one not in micro.sample.participants]

    def said_by(self, people: Sequence[str], codes: Sequence[str] = ()) -> list[Evidence]:
        """Firm evidence of these people, of one of the codes where some are given."""
        wanted = set(codes)
        own = [one for one in self.material.evidence if one.participant_id in people and one.firm]
        return [one for one in own if not wanted or wanted & set(one.firm)]


def load_grounds(bench: Workbench, study_id: str) -> Grounds:
    """NotFound for an unknown study; InsufficientEvidence, with the command to run, where there are no personas."""
    material = load_material(bench, study_id)
    # Advice does not read the buying centres, which take longest to find.
    cast = cast_of(bench, material)
    if not cast.macros:
        raise InsufficientEvidence(
            "a strategy", len(cast.personas), 1, f"Draft personas first: dramatis run {study_id}"
        )
    with bench.store.transaction() as tx:
        order = tx.sources.ids_by_import(study_id)
    return Grounds(cast, material, bench.fields, bench.embedder, order)
