"""The port of search by meaning, and an index in memory that serves small studies and tests."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from retrieval.embedder import Vectors
from retrieval.evidence import Excerpt


class Hit(NamedTuple):
    """An excerpt's id and how well it matches; higher is better."""

    id: str
    score: float


class EvidenceIndex(Protocol):
    """Vectors of excerpts, kept apart by study. May know more than the store, never less."""

    def add(self, study_id: str, excerpts: Sequence[Excerpt], vectors: Vectors) -> None:
        """Add or replace the vectors (n, dimensions) of the excerpts."""

    def search(
        self,
        study_id: str,
        vector: Vectors,
        limit: int,
        people: Sequence[str] | None = None,
        *,
        within: Collection[str] | None = None,
    ) -> list[Hit]:
        """The excerpts nearest to `vector` (dimensions,), best first. Score: cosine.

        Among those of `people`, or among the ids `within`, where given; ids without a vector are passed over.
        """

    def remove(self, study_id: str, ids: Sequence[str]) -> None: ...

    def drop(self, study_id: str) -> None:
        """Forget the whole study."""

    def scrub(self, study_id: str) -> None:
        """Leave nothing of removed vectors behind, wherever they are kept."""

    def count(self, study_id: str) -> int: ...


class MemoryIndex:
    """Exact search over vectors held in memory."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, tuple[Excerpt, Vectors]]] = {}

    def add(self, study_id: str, excerpts: Sequence[Excerpt], vectors: Vectors) -> None:
        rows = self._rows.setdefault(study_id, {})
        rows.update({one.id: (one, vector) for one, vector in zip(excerpts, vectors, strict=True)})

    def search(
        self,
        study_id: str,
        vector: Vectors,
        limit: int,
        people: Sequence[str] | None = None,
        *,
        within: Collection[str] | None = None,
    ) -> list[Hit]:
        rows = self._rows.get(study_id, {})
        allowed = rows.keys() if within is None else rows.keys() & set(within)
        ids = [one for one in allowed if people is None or rows[one][0].participant_id in people]
        return nearest(ids, np.stack([rows[one][1] for one in ids]), vector, limit) if ids else []

    def remove(self, study_id: str, ids: Sequence[str]) -> None:
        rows = self._rows.get(study_id, {})
        for one in ids:
            rows.pop(one, None)

    def drop(self, study_id: str) -> None:
        self._rows.pop(study_id, None)

    def scrub(self, study_id: str) -> None:
        """What was removed is gone already."""

    def count(self, study_id: str) -> int:
        return len(self._rows.get(study_id, {}))


def nearest(ids: Sequence[str], rows: Vectors, vector: Vectors, limit: int) -> list[Hit]:
    """The rows (n, dimensions) nearest to `vector` by exact cosine, best first, equals in the order of ids."""
    hits = [Hit(one, float(score)) for one, score in zip(ids, rows @ vector, strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]
