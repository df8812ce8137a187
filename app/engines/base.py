"""The Engine port: what the desk asks of whoever does the reading, and the nouns passed over it.

Engines see evidence with ids and answer with ids. They never write a quote; the desk looks each id up,
checks it and cuts the quote from the source (`app.synthesis.grounding`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from app.models.base import Model
from app.models.codebook import Codebook
from app.models.evidence import Evidence
from app.models.field import FieldSpec, Level
from app.models.run import Account
from app.models.segment import SegmentTree
from app.models.theme import Theme
from retrieval.evidence import Participant, Sentence, Source

# A field with more claims than this is not read.
MOST_CLAIMS = 3


class Profile(Model):
    """A participant as segmentation sees them: declared attributes, and what was coded of theirs."""

    participant: Participant
    evidence: list[Evidence]


class Interview(NamedTuple):
    """A source with its sentences, numbered through the source."""

    source: Source
    sentences: Sequence[Sentence]


class ThemeHeard(Model):
    """A theme as heard in one segment: `evidence` by its members, clearest first, and what they say against it;
    `countered` is the part of that which is known to take the opposite stance, not only to sound like it.

    `likeness` says how alike each two pieces of evidence are, compared with the rest of the study: a square of
    cosines in the order of `evidence`.
    """

    theme: Theme
    evidence: list[Evidence]
    likeness: list[list[float]]
    against: list[Evidence] = []
    countered: list[Evidence] = []


class Audience(Model):
    """Whom a field is drafted for: a group of `n` people, the kind of persona, and the group it is a part of."""

    id: str
    kind: Level
    name: str
    n: int
    core: str | None = None


class FieldBrief(Model):
    """All an engine needs to draft one field of one persona: the themes heard among its people.

    `pool`: what was heard is no theme but whatever bears on the field; several claims may be made of it, each on
    evidence of its own.
    """

    field: FieldSpec
    audience: Audience
    heard: list[ThemeHeard]
    pool: bool = False


class ThemeDraft(Model):
    """A theme as an engine proposes it, clearest evidence first.

    `opposes` are the places of other drafts in the same answer that take the opposite stance on the same subject,
    `dissent` evidence that does and is too little for a theme; `granted` where people take it for granted.
    """

    code: str
    label: str
    evidence_ids: list[str]
    opposes: list[int] = []
    granted: bool = False
    dissent: list[str] = []


class DraftClaim(Model):
    """A claim as an engine proposes it: a sentence and the ids of the evidence it stands on."""

    text: str
    evidence_ids: list[str]
    against_ids: list[str] = []
    theme_id: str | None = None


class Excerpted(NamedTuple):
    """An excerpt found for a question; `participant_id` is None for a note."""

    id: str
    source_id: str
    participant_id: str | None
    text: str


class WrittenSentence(Model):
    """A sentence of an answer and the ids of the excerpts it rests on."""

    text: str
    cites: list[str]


class BriefClaim(NamedTuple):
    """A claim that a brief may cite: `k` of `n` people said it, in these quotes."""

    id: str
    label: str
    text: str
    quotes: Sequence[str]
    k: int
    n: int
    sources: Sequence[str]


class BriefPlan(NamedTuple):
    """What a brief is to be written from; `sections` are the ids of those wanted, in order."""

    audience: str
    stage: str
    intent: str
    industry: str
    format: str
    claims: Sequence[BriefClaim]
    sections: Sequence[str]


class WrittenSection(Model):
    """A section of a brief; sentences about the audience cite ids of claims."""

    section: str
    sentences: list[WrittenSentence]


def both_ways(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Place → the places it opposes, whichever of the two said so."""
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


class Engine(Protocol):
    """`name` is `local` or a model's name; it is recorded as the coder of all it codes."""

    @property
    def name(self) -> str: ...

    @property
    def coder_version(self) -> str:
        """What exactly codes, for the record: a digest of the head, or the prompt's version."""
        ...

    @property
    def prompts(self) -> list[str]:
        """The ids of the prompts it works with, none for an engine that asks no language model."""
        ...

    @property
    def at_once(self) -> int:
        """How many interviews it likes to be given at once to code."""
        ...

    def code(self, interviews: Sequence[Interview], codebook: Codebook, purpose: str = "") -> list[list[Evidence]]:
        """What the participants give evidence of by the study's codebook, one list for each interview.

        An engine that knows no other codes than its own may answer with those: the desk keeps the codebook's.
        """
        ...

    def find_themes(self, evidence: Sequence[Evidence], codebook: Codebook) -> list[ThemeDraft]:
        """What several participants mean alike, code by code."""
        ...

    def label_theme(self, evidence: Sequence[Evidence]) -> str:
        """The clearest short phrase for evidence that means the same."""
        ...

    def propose_segments(self, profiles: Sequence[Profile], themes: Sequence[Theme], purpose: str = "") -> SegmentTree:
        """Macro and micro segments of the participants, and who fits nowhere.

        `themes` may be looked at or not: the local engine compares what people said, a language model reads themes.
        `purpose` is what the study wants to know.
        """
        ...

    def draft(self, briefs: Sequence[FieldBrief]) -> list[list[DraftClaim]]:
        """Claims for each brief, best supported first; each cites evidence of its brief.

        All fields of all personas that are wanted come at once: a language model answers many in one prompt.
        """
        ...

    def judge(self, items: Sequence[tuple[str, Sequence[str]]]) -> list[str | None]:
        """For each statement with what bears on it: `supported`, `contradicted` or `no_evidence`; None where the
        engine leaves it to rules."""
        ...

    def answer(self, question: str, found: Sequence[Excerpted]) -> list[WrittenSentence]:
        """The question answered from what was found for it, every sentence citing some; nothing where the engine does
        not write, or where what was found does not answer."""
        ...

    def write_briefs(self, plans: Sequence[BriefPlan]) -> list[list[WrittenSection]]:
        """The sections of each brief; nothing where the engine does not write."""
        ...

    def forecast(self, interviews: Sequence[Interview], codebook: Codebook, purpose: str = "") -> Account | None:
        """About what reading and drafting these would ask of language models; None for an engine that asks none."""
        ...

    def take_account(self) -> Account | None:
        """What was asked of language models since the last time, None for an engine that asks none."""
        ...
