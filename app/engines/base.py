"""The Engine port: what the desk asks of whoever does the reading, and the nouns passed over it.

Engines see evidence with ids and answer with ids. They never write a quote; the desk looks each id up,
checks it and cuts the quote from the source (`app.synthesis.grounding`).
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from app.models.base import Model
from app.models.evidence import Evidence
from app.models.field import FieldSpec
from app.models.segment import SegmentTree
from app.models.theme import Theme
from retrieval.evidence import Participant, Sentence, Source


class Profile(Model):
    """A participant as segmentation sees them: declared attributes, and what was coded of theirs."""

    participant: Participant
    evidence: list[Evidence]


class Interview(NamedTuple):
    """A source with its sentences, numbered through the source."""

    source: Source
    sentences: Sequence[Sentence]


class ThemeHeard(Model):
    """A theme as heard in one segment: `evidence` by its members, clearest first, and what they say against it.

    `likeness` says how alike each two pieces of evidence are, compared with the rest of the study: a square of
    cosines in the order of `evidence`.
    """

    theme: Theme
    evidence: list[Evidence]
    likeness: list[list[float]]
    against: list[Evidence] = []


class FieldBrief(Model):
    """All an engine needs to draft one field of one persona: `n` people, and the themes heard among them."""

    field: FieldSpec
    n: int
    heard: list[ThemeHeard]


class DraftClaim(Model):
    """A claim as an engine proposes it: a sentence and the ids of the evidence it stands on."""

    text: str
    evidence_ids: list[str]
    against_ids: list[str] = []
    theme_id: str | None = None


class Engine(Protocol):
    """`name` is `local` or a model's name; it is recorded as the coder of all it codes."""

    @property
    def name(self) -> str: ...

    @property
    def coder_version(self) -> str:
        """What exactly codes, for the record: a digest of the head, or the prompt's version."""
        ...

    def code(self, interviews: Sequence[Interview]) -> list[list[Evidence]]:
        """What the participants give evidence of, one list for each interview."""
        ...

    def label_theme(self, evidence: Sequence[Evidence]) -> str:
        """The clearest short phrase for evidence that means the same."""
        ...

    def propose_segments(self, profiles: Sequence[Profile], themes: Sequence[Theme]) -> SegmentTree:
        """Macro and micro segments of the participants, and who fits nowhere.

        `themes` may be looked at or not: the local engine compares what people said, a language model reads themes.
        """
        ...

    def draft(self, brief: FieldBrief) -> list[DraftClaim]:
        """Claims for one field, best supported first; each cites evidence of the brief."""
        ...
