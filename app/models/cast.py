"""Cast: everything a study's run leaves behind for its readers. This is the shape of `personas.json`.

The same input gives the same cast, byte for byte: it holds no clock times and no random ids.
"""

from typing import Literal

from app.models.base import Model
from app.models.buying_centre import BuyingCentre
from app.models.persona import (
    CandidatePersona,
    CustomerPersona,
    MacroPersona,
    MicroPersona,
    NegativePersona,
    Persona,
)
from app.models.run import Provenance
from app.models.segment import SegmentTree
from app.models.study import Study
from app.models.theme import Theme
from app.models.version import Stale
from retrieval.evidence import Participant, SourceKind


class SourceLine(Model):
    """A source as listed in a cast: no text."""

    id: str
    name: str
    kind: SourceKind
    participants: list[str]
    words: int


class Refusal(Model):
    """A segment for which no persona was drafted, and why."""

    segment_id: str
    name: str
    reason: str
    ask_next: str


class Cast(Model):
    schema_version: Literal[1] = 1
    study: Study
    participants: list[Participant]
    sources: list[SourceLine]
    themes: list[Theme]
    segments: SegmentTree
    personas: list[Persona]
    refused: list[Refusal] = []
    stale: list[Stale] = []
    buying_centres: list[BuyingCentre] = []
    provenance: Provenance

    @property
    def macros(self) -> list[MacroPersona]:
        return [p for p in self.personas if isinstance(p, MacroPersona)]

    def micros_of(self, macro: MacroPersona) -> list[MicroPersona]:
        return [p for p in self.personas if isinstance(p, MicroPersona) and p.parent_macro_id == macro.id]

    @property
    def beside(self) -> list[CustomerPersona | CandidatePersona | NegativePersona]:
        """The personas that stand beside the segment tree, in their order."""
        return [p for p in self.personas if isinstance(p, CustomerPersona | CandidatePersona | NegativePersona)]

    @property
    def covered(self) -> set[str]:
        """Participants at least one core persona stands for."""
        return {person for macro in self.macros for person in macro.sample.participants}
