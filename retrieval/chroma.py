"""The index in Chroma, embedded: one collection per study and embedding model.

Vectors come from outside (`retrieval.embeddings`), so Chroma's own embedding function is switched off, and
so is its telemetry. No text is kept here: truth stays in the store, and the index can be rebuilt from it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from retrieval.embedder import Vectors
from retrieval.errors import IndexUnavailable
from retrieval.evidence import Excerpt, sha256
from retrieval.index import Hit

# Chroma refuses larger batches on some SQLite builds (its max_batch_size starts at 5,461).
BATCH = 5000
REBUILD = "Move it away and rebuild it with: dramatis reindex"


class ChromaIndex:
    """An EvidenceIndex in the folder `path`, for vectors of the embedding model `model`."""

    def __init__(self, path: Path, model: str):
        self.model = model
        settings = Settings(anonymized_telemetry=False)
        try:
            self.client = chromadb.PersistentClient(str(path), settings=settings)
        except (ChromaError, ValueError, OSError) as error:
            raise IndexUnavailable(f"The index in {path} cannot be opened. {REBUILD}.") from error

    def add(self, study_id: str, excerpts: Sequence[Excerpt], vectors: Vectors) -> None:
        collection = self._collection(study_id)
        for first in range(0, len(excerpts), BATCH):
            part = excerpts[first : first + BATCH]
            collection.upsert(
                ids=[one.id for one in part],
                embeddings=vectors[first : first + BATCH],
                metadatas=[_metadata(one) for one in part],
            )

    def search(self, study_id: str, vector: Vectors, limit: int, people: Sequence[str] | None = None) -> list[Hit]:
        collection = self._collection(study_id)
        where: Any = {"participant": {"$in": list(people)}} if people is not None else None
        wanted = min(limit, collection.count())
        if not wanted or (people is not None and not people):
            return []
        found = collection.query(query_embeddings=vector[None, :], n_results=wanted, where=where, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [Hit(one, 1.0 - distance) for one, distance in zip(found["ids"][0], distances, strict=True)]

    def remove(self, study_id: str, ids: Sequence[str]) -> None:
        if ids:
            self._collection(study_id).delete(ids=list(ids))

    def drop(self, study_id: str) -> None:
        try:
            self.client.delete_collection(self._name(study_id))
        except NotFoundError:
            return

    def count(self, study_id: str) -> int:
        return self._collection(study_id).count()

    def _collection(self, study_id: str) -> Collection:
        # embedding_function=None: without it Chroma loads a model of its own.
        return self.client.get_or_create_collection(
            self._name(study_id), embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def _name(self, study_id: str) -> str:
        """Chroma's names are limited in letters; a digest of study and model is always allowed."""
        return f"study-{sha256(f'{study_id}/{self.model}')[:24]}"


def _metadata(one: Excerpt) -> dict[str, str]:
    return {"source": one.source_id, "participant": one.participant_id or "", "kind": one.kind.value}
