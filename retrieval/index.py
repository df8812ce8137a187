"""The ports of search, and an index in memory that serves small studies and tests.

EvidenceIndex   finds excerpts whose vectors are near a query's (Chroma, or memory)
WordSearch      finds excerpts that share words with a query (the store's full text)
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

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

    def search(self, study_id: str, vector: Vectors, limit: int, people: Sequence[str] | None = None) -> list[Hit]:
        """The excerpts nearest to `vector` (dimensions,), best first, among `people` where given. Score: cosine."""

    def remove(self, study_id: str, ids: Sequence[str]) -> None: ...

    def drop(self, study_id: str) -> None:
        """Forget the whole study."""

    def count(self, study_id: str) -> int: ...


class WordSearch(Protocol):
    def __call__(self, study_id: str, query: str, limit: int, people: Sequence[str] | None = None) -> list[Hit]:
        """Excerpts sharing words with `query`, best first."""


class MemoryIndex:
    """Exact search over vectors held in memory."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, tuple[Excerpt, Vectors]]] = {}

    def add(self, study_id: str, excerpts: Sequence[Excerpt], vectors: Vectors) -> None:
        rows = self._rows.setdefault(study_id, {})
        rows.update({one.id: (one, vector) for one, vector in zip(excerpts, vectors, strict=True)})

    def search(self, study_id: str, vector: Vectors, limit: int, people: Sequence[str] | None = None) -> list[Hit]:
        rows = self._rows.get(study_id, {}).values()
        hits = [Hit(one.id, float(own @ vector)) for one, own in rows if people is None or one.participant_id in people]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]

    def remove(self, study_id: str, ids: Sequence[str]) -> None:
        rows = self._rows.get(study_id, {})
        for one in ids:
            rows.pop(one, None)

    def drop(self, study_id: str) -> None:
        self._rows.pop(study_id, None)

    def count(self, study_id: str) -> int:
        return len(self._rows.get(study_id, {}))
