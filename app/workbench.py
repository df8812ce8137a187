"""Workbench: what the desk works with. Built in one place, `app.wiring`; tests build their own."""

from dataclasses import dataclass, replace

from app.engines.base import Engine
from app.errors import NotFound
from app.models.codebook import Codebook
from app.models.field import FieldSpec, fed_by
from app.models.study import Study
from app.settings import Settings
from app.store import Store
from retrieval.embedder import Embedder, Encoder
from retrieval.index import EvidenceIndex


@dataclass(frozen=True)
class Workbench:
    """`embedder` is what coding, themes and segments were measured with, always MiniLM; `finder` embeds excerpts and
    questions for the index, and is the same unless another is set."""

    store: Store
    index: EvidenceIndex
    embedder: Embedder
    finder: Encoder
    engine: Engine
    codebook: Codebook
    fields: tuple[FieldSpec, ...]
    settings: Settings

    def study(self, study_id: str) -> Study:
        """The study, or NotFound."""
        with self.store.transaction() as tx:
            found = tx.studies.get(study_id)
            known = [study.id for study in tx.studies.all()]
        if found is None:
            listed = f"Known studies: {', '.join(known)}" if known else "Make one with: dramatis study create NAME"
            raise NotFound("study", study_id, listed)
        return found

    def for_study(self, study_id: str) -> "Workbench":
        """This bench with the codebook of the study and the fields it feeds; NotFound for an unknown study."""
        self.study(study_id)
        with self.store.transaction() as tx:
            own = tx.codebooks.get(study_id)
        return replace(self, codebook=own, fields=fed_by(self.fields, self.codebook, own)) if own else self
