"""Statements: everything the members of an account said, sentence by sentence, with its meaning.

Coding keeps what is evidence for personas. Who stands against whom is often said in sentences that are evidence of
nothing else ("he laughed, but he did not move his date"), so that a buying centre listens to all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.engines.hearsay import is_order
from app.models.claim import Citation
from app.models.evidence import Evidence
from app.synthesis.material import Material
from retrieval.embedder import Embedder, Vectors
from retrieval.evidence import Participant, Quote, Source, SourceKind
from retrieval.splitting import split_sentences

# A sentence of fewer words ("Yes, mostly.") cannot be read alone.
FEWEST_WORDS = 4
# Who read a sentence that no coder gave a code to.
READER = "cues"


@dataclass(frozen=True)
class Statement:
    """A sentence, coded or not, and where it stands: `turn` counts through its source."""

    evidence: Evidence
    turn: int

    @property
    def text(self) -> str:
        return self.evidence.quote.text

    @property
    def speaker(self) -> str:
        return self.evidence.participant_id

    @property
    def place(self) -> tuple[str, int]:
        """The turn it belongs to."""
        return self.evidence.quote.source_id, self.turn

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def whole(self) -> bool:
        """Whether it can be quoted alone: long enough, and no question back."""
        return self.words >= FEWEST_WORDS and not self.text.rstrip().endswith("?")

    def citation(self) -> Citation:
        return Citation(**self.evidence.quote.model_dump(), evidence_id=self.evidence.id)


@dataclass(frozen=True)
class Account:
    """An account with two members or more, and what they said, by source and place."""

    name: str
    members: list[Participant]
    statements: list[Statement]
    embedder: Embedder

    @cached_property
    def vectors(self) -> Vectors:
        """A row for each statement."""
        return self.embedder.encode([one.text for one in self.statements])

    @property
    def ids(self) -> list[str]:
        return [person.id for person in self.members]

    def of(self, person: str) -> list[int]:
        """The rows of one member's statements."""
        return self._rows.get(person, [])

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, one in enumerate(self.statements):
            rows.setdefault(one.speaker, []).append(row)
        return rows


def read_statements(material: Material, people: Sequence[str]) -> list[Statement]:
    """What these people said in interviews, orders to the reader left out."""
    interviews = [one for one in material.sources if one.kind is SourceKind.INTERVIEW]
    wanted = [one for one in interviews if set(one.participant_ids) & set(people)]
    return [one for source in wanted for one in _of_source(source, material, set(people))]


def _of_source(source: Source, material: Material, people: set[str]) -> list[Statement]:
    speaks = {turn.index: (turn, person) for turn, person in source.participant_turns() if person in people}
    found = []
    for sentence in split_sentences(source):
        if sentence.turn in speaks and not is_order(sentence.of(source.text)):
            turn, person = speaks[sentence.turn]
            quote = Quote.cut(source, sentence.start, sentence.end, person)
            bare = Evidence.of(quote, {}, [], READER, source.question_before(turn))
            found.append(Statement(material.by_id.get(bare.id, bare), sentence.turn))
    return found
