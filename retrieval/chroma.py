"""The index in Chroma, embedded: one collection per study and embedding model.

Vectors come from outside (`retrieval.embeddings`), so Chroma's own embedding function is switched off, and
so is its telemetry. No text is kept here: truth stays in the store, and the index can be rebuilt from it.

A search among some people asks the store which excerpts are theirs (`owned`), where there is a store: by Chroma's
own filter over metadata it took 50 to 140 ms at 100,000 excerpts, by one of three ways over ids 10 to 40:
few excerpts are compared one by one, many are picked out of a wider search, the rest is searched by ids.
"""

from collections.abc import Callable, Sequence, Set
from collections.abc import Collection as Ids
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError, InternalError, NotFoundError

from retrieval.chroma_files import throw_away_orphans
from retrieval.embedder import Vectors
from retrieval.errors import IndexUnavailable
from retrieval.evidence import Excerpt, sha256
from retrieval.index import Hit

# Chroma refuses larger batches on some SQLite builds (its max_batch_size starts at 5,461).
BATCH = 5000
# Up to here it is faster to fetch the vectors than to search a graph of which nearly all is forbidden.
FEW = 800
# From this share of all excerpts on, enough of the nearest are among those wanted.
MANY = 0.08
WIDER = 1.5
# Models whose vectors were kept before collections said whose they are.
FORMER = ("all-MiniLM-L6-v2-int8", "all-MiniLM-L6-v2-int8-exact-10")
STUDY = "study"
REBUILD = "Move it away and rebuild it with: dramatis reindex"

# (study, people) → the ids of their excerpts.
Owned = Callable[[str, Sequence[str]], list[str]]


class ChromaIndex:
    """An EvidenceIndex in the folder `path`, for vectors of the embedding model `model`.

    `owned` tells which excerpts are whose; without it Chroma's metadata does.
    """

    def __init__(self, path: Path, model: str, owned: Owned | None = None):
        self.model, self.owned = model, owned
        # How many vectors a study has, by its collection: counting 100,000 takes as long as searching them.
        self._sizes: dict[str, int] = {}
        self.path = path
        settings = Settings(anonymized_telemetry=False)
        try:
            self.client = chromadb.PersistentClient(str(path), settings=settings)
        except (ChromaError, ValueError, OSError) as error:
            raise IndexUnavailable(f"The index in {path} cannot be opened. {REBUILD}.") from error

    def add(self, study_id: str, excerpts: Sequence[Excerpt], vectors: Vectors) -> None:
        collection = self._collection(study_id)
        self._sizes.pop(collection.name, None)
        for first in range(0, len(excerpts), BATCH):
            part = excerpts[first : first + BATCH]
            collection.upsert(
                ids=[one.id for one in part],
                embeddings=vectors[first : first + BATCH],
                metadatas=[_metadata(one) for one in part],
            )

    def search(
        self,
        study_id: str,
        vector: Vectors,
        limit: int,
        people: Sequence[str] | None = None,
        *,
        within: Ids[str] | None = None,
    ) -> list[Hit]:
        collection = self._collection(study_id)
        if within is not None:
            return self._nearest_within(collection, vector, limit, within)
        if people is None:
            return _nearest(collection, vector, limit)
        by_metadata: Any = {"participant": {"$in": list(people)}}
        if not people or self.owned is None:
            return _nearest(collection, vector, limit, where=by_metadata) if people else []
        try:
            return self._nearest_among(collection, vector, limit, self.owned(study_id, people))
        except InternalError:  # it lacks some of them, which a reindex mends; what it has is found all the same
            return _nearest(collection, vector, limit, where=by_metadata)

    def remove(self, study_id: str, ids: Sequence[str]) -> None:
        if ids:
            collection = self._collection(study_id)
            self._sizes.pop(collection.name, None)
            collection.delete(ids=list(ids))
        self._forget_former(study_id)

    def drop(self, study_id: str) -> None:
        self._sizes.pop(self._name(study_id), None)
        with suppress(NotFoundError):
            self.client.delete_collection(self._name(study_id))
        self._forget_former(study_id)

    def _forget_former(self, study_id: str) -> None:
        """Drop the vectors of other models, which are made again at need: whoever is removed must be in none."""
        former = {_name(study_id, model) for model in FORMER}
        stamped = {one.name for one in self.client.list_collections() if _belongs(one, study_id)}
        for name in (former | stamped) - {self._name(study_id)}:
            with suppress(NotFoundError):
                self.client.delete_collection(name)

    def scrub(self, study_id: str) -> None:
        """Write the study's vectors anew and throw the old files away: Chroma only marks what is removed."""
        old = self._collection(study_id)
        fresh = self._made(f"{old.name}-anew", study_id)
        for first in range(0, old.count(), BATCH):
            part = old.get(limit=BATCH, offset=first, include=["embeddings", "metadatas"])
            fresh.upsert(ids=part["ids"], embeddings=part["embeddings"], metadatas=part["metadatas"])
        self.client.delete_collection(old.name)
        fresh.modify(name=old.name)
        throw_away_orphans(self.path)

    def count(self, study_id: str) -> int:
        return self._collection(study_id).count()

    def _nearest_within(self, collection: Collection, vector: Vectors, limit: int, ids: Ids[str]) -> list[Hit]:
        try:
            return self._nearest_among(collection, vector, limit, ids)
        except InternalError:  # it lacks some of them, which a reindex mends
            known = collection.get(ids=list(ids), include=[])["ids"]
            return self._nearest_among(collection, vector, limit, known)

    def _nearest_among(self, collection: Collection, vector: Vectors, limit: int, ids: Ids[str]) -> list[Hit]:
        """The nearest of the excerpts `ids`, by the way that is quickest for so many."""
        if len(ids) <= FEW:
            return _nearest_of_few(collection, vector, limit, list(ids))
        total = self._size(collection)
        if len(ids) >= MANY * total:
            allowed = ids if isinstance(ids, Set) else set(ids)
            wide = _nearest(collection, vector, ceil(WIDER * limit * total / len(ids)))
            if len(kept := [hit for hit in wide if hit.id in allowed]) >= limit:
                return kept[:limit]
        return _nearest(collection, vector, limit, ids=list(ids))

    def _size(self, collection: Collection) -> int:
        """How many vectors there are; what another process adds meanwhile only makes a search less wide."""
        if collection.name not in self._sizes:
            self._sizes[collection.name] = collection.count()
        return self._sizes[collection.name]

    def _collection(self, study_id: str) -> Collection:
        return self._made(self._name(study_id), study_id)

    def _made(self, name: str, study_id: str) -> Collection:
        # embedding_function=None: without it Chroma loads a model of its own.
        return self.client.get_or_create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={STUDY: _stamp(study_id)},
        )

    def _name(self, study_id: str) -> str:
        return _name(study_id, self.model)


def _nearest(collection: Collection, vector: Vectors, limit: int, **among: Any) -> list[Hit]:
    """The nearest excerpts, by Chroma's graph; `among` narrows them by `where` or `ids`."""
    found = collection.query(query_embeddings=vector[None, :], n_results=limit, include=["distances"], **among)
    distances = (found["distances"] or [[]])[0]
    return [Hit(one, 1.0 - distance) for one, distance in zip(found["ids"][0], distances, strict=True)]


def _nearest_of_few(collection: Collection, vector: Vectors, limit: int, ids: list[str]) -> list[Hit]:
    """The nearest of a few, compared one by one."""
    found = collection.get(ids=ids, include=["embeddings"]) if ids else None
    if found is None or not found["ids"]:
        return []
    scores = np.asarray(found["embeddings"], dtype=np.float32) @ vector
    hits = [Hit(one, float(score)) for one, score in zip(found["ids"], scores, strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]


def _metadata(one: Excerpt) -> dict[str, str]:
    return {"source": one.source_id, "participant": one.participant_id or "", "kind": one.kind.value}


def _stamp(study_id: str) -> str:
    return sha256(study_id)[:24]


def _belongs(collection: Collection, study_id: str) -> bool:
    return (collection.metadata or {}).get(STUDY) == _stamp(study_id)


def _name(study_id: str, model: str) -> str:
    """What the collection of a study and a model is called."""
    return f"study-{sha256(f'{study_id}/{model}')[:24]}"
