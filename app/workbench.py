"""Workbench: what the desk works with. Built in one place, `app.wiring`; tests build their own."""

from dataclasses import dataclass

from app.engines.base import Engine
from app.errors import NotFound
from app.models.codebook import Codebook
from app.models.field import FieldSpec
from app.models.study import Study
from app.settings import Settings
from app.store import Store
from retrieval.embedder import Embedder
from retrieval.index import EvidenceIndex


@dataclass(frozen=True)
class Workbench:
    store: Store
    index: EvidenceIndex
    embedder: Embedder
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
