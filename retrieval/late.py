"""LateIndex: an index that is opened when it is first asked for. Chroma takes a second to load and open, and most
of what one looks at asks for no vector."""

from collections.abc import Callable, Collection, Sequence
from threading import Lock

from retrieval.embedder import Vectors
from retrieval.evidence import Excerpt
from retrieval.index import EvidenceIndex, Hit


class LateIndex:
    """An EvidenceIndex. `open_it` makes the real one, once; what it raises is raised to whoever asked, each time."""

    def __init__(self, open_it: Callable[[], EvidenceIndex]):
        self._open_it = open_it
        self._opened: EvidenceIndex | None = None
        self._lock = Lock()

    def open(self) -> EvidenceIndex:
        """The real one, opened now where it is not yet."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open_it()
            return self._opened

    def add(self, study_id: str, excerpts: Sequence[Excerpt], vectors: Vectors) -> None:
        self.open().add(study_id, excerpts, vectors)

    def search(
        self,
        study_id: str,
        vector: Vectors,
        limit: int,
        people: Sequence[str] | None = None,
        *,
        within: Collection[str] | None = None,
    ) -> list[Hit]:
        return self.open().search(study_id, vector, limit, people, within=within)

    def remove(self, study_id: str, ids: Sequence[str]) -> None:
        self.open().remove(study_id, ids)

    def drop(self, study_id: str) -> None:
        self.open().drop(study_id)

    def scrub(self, study_id: str) -> None:
        self.open().scrub(study_id)

    def count(self, study_id: str) -> int:
        return self.open().count(study_id)
