"""Beside: what the standard has no place for, in a file of our own beside the project.

Who speaks when in a source, how sure an engine was, what people took away again, and what was made of it all:
themes, segments, personas. It says which `project.qde` it belongs to by its digest: once another tool has written
the project anew, what stands beside it may be true no more, and is not used. The digest does not tell who wrote the
file: whoever changes it can leave the digest as it is. So nothing in it is believed that can be looked up or counted.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import ValidationError

from app.models.base import Model
from app.models.cast import Refusal
from app.models.claim import Citation
from app.models.coding import HumanCode
from app.models.evidence import Evidence
from app.models.persona import ContrastPair, Persona
from app.models.reshaping import Decision
from app.models.review import ClaimReview
from app.models.run import Provenance
from app.models.segment import SegmentTree
from app.models.theme import Theme
from app.models.version import Basis
from app.store.store import Transaction
from retrieval.evidence import Correction, Quote, Source, SourceKind, Speaker, Turn, sha256


class SourceRecord(Model):
    """A source without its text, of which the digest is kept."""

    id: str
    name: str
    kind: SourceKind
    content_sha256: str
    text_sha256: str
    turns: list[Turn]
    speakers: list[Speaker]
    repairs: list[str] = []
    correction: Correction | None = None

    @classmethod
    def of(cls, source: Source) -> "SourceRecord":
        kept = source.model_dump(exclude={"text"})
        return cls.model_validate({**kept, "text_sha256": sha256(source.text)})

    def source(self, text: str) -> Source:
        """The source with its text."""
        return Source.model_validate({**self.model_dump(exclude={"text_sha256"}), "text": text})


class Results(Model):
    """What a run made: themes, segments and personas as they stand, and what people decided about them. Decisions about
    claims (`reviews`) are told of where they come in, and not taken over."""

    themes: list[Theme] = []
    tree: SegmentTree | None = None
    basis: Basis | None = None
    personas: list[Persona] = []
    refused: list[Refusal] = []
    provenance: Provenance | None = None
    reviews: list[ClaimReview] = []
    reshapings: list[Decision] = []

    def quotes(self) -> list[Citation]:
        """Every citation of the personas, the pairs they are contrasted in included."""
        claims = [claim for one in self.personas for claim in one.claims()]
        pairs: list[ContrastPair] = [pair for one in self.personas for pair in getattr(one, "contrast", [])]
        claims += [claim for pair in pairs for claim in (pair.ours, pair.theirs)]
        return [cited for claim in claims for cited in claim.citations]


class Beside(Model):
    """`project` is the digest of the `project.qde` it belongs to."""

    version: Literal[1] = 1
    project: str = ""
    sources: list[SourceRecord]
    evidence: list[Evidence]
    decisions: list[HumanCode]
    results: Results

    def for_project(self, digest: str) -> bytes:
        """The file that goes beside the project of this digest."""
        return self.model_copy(update={"project": digest}).model_dump_json(indent=1).encode()


def load_beside(tx: Transaction, study_id: str, personas: Sequence[Persona]) -> Beside:
    """What is stored of a study that a project cannot say; `personas` as they go out, without what was rejected."""
    reviews = [one for own in tx.reviews.all(study_id).values() for one in own.values()]
    results = Results(
        themes=tx.results.themes(study_id),
        tree=tx.results.tree(study_id),
        basis=tx.results.basis(study_id),
        personas=list(personas),
        refused=tx.results.refusals(study_id),
        provenance=tx.results.provenance(study_id),
        reviews=sorted(reviews, key=lambda one: (one.persona_id, one.claim_id)),
        reshapings=[*tx.reshapings.all(study_id, "segment"), *tx.reshapings.all(study_id, "theme")],
    )
    return Beside(
        sources=[SourceRecord.of(one) for one in tx.sources.all(study_id)],
        evidence=tx.evidence.by_engine(study_id),
        decisions=tx.codings.all(study_id),
        results=results,
    )


def read_beside(raw: bytes | None, digest: str) -> Beside | None:
    """What stands beside a project, where it says that it was written with it and can be read; else None."""
    if raw is None:
        return None
    try:
        found = Beside.model_validate_json(raw)
    except ValidationError:
        return None
    return found if found.project == digest else None


def stands(quote: Quote, source: Source | None) -> bool:
    """Whether the quote is what a participant says at that place of the source."""
    if source is None or quote.end > len(source.text) or quote.start >= quote.end:
        return False
    turn = source.turn_at(quote.start)
    speaker = next((one for one in source.speakers if turn and one.label == turn.speaker), None)
    said = quote.of(source.text)
    whole = turn is not None and quote.end <= turn.end and speaker is not None
    return bool(
        whole and speaker and speaker.participant_id == quote.participant_id
        and quote.source_id == source.id and said == quote.text and sha256(said) == quote.sha256
    )  # fmt: skip
