"""Vectors kept on disk, so that what was embedded once is not embedded again by the next process.

A row is a SHA-256 of model and text, and the vector's bits; no text is stored. It is a cache and nothing
more: `clear` forgets everything at once, which is what erasure asks for, and costs only time.
A file that is damaged is thrown away; a file that another process holds for too long is done without.
"""

import hashlib
import sqlite3
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from retrieval.embedder import Vectors

# 300,000 vectors of 384 numbers are about 500 MB on disk; beyond, the oldest go.
MOST_ROWS = 300_000
# SQLite takes 999 parameters in one statement on its oldest builds.
AT_ONCE = 900
SECONDS_TO_WAIT = 5.0
TABLE = (
    "CREATE TABLE IF NOT EXISTS vector (number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, bits BLOB NOT NULL)"
)


class VectorCache:
    """The vectors of one embedding model in the SQLite file `path`, which is made at the first vector kept."""

    def __init__(self, path: Path, model: str):
        self.path, self.model = path, model
        self._opened: sqlite3.Connection | None = None

    def find(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors known, by text: each of shape (dimensions,), float32."""
        if not self.path.exists():
            return {}
        by_digest = {self._digest(text): text for text in texts}
        try:
            rows = [row for part in _parts(list(by_digest)) for row in self._select(part)]
        except sqlite3.DatabaseError as error:
            self._give_up(error)
            return {}
        return {by_digest[digest]: np.frombuffer(bits, dtype=np.float32) for digest, bits in rows}

    def keep(self, vectors: Mapping[str, Vectors]) -> None:
        """Remember the vectors of some texts."""
        rows = [(self._digest(text), row.astype(np.float32).tobytes()) for text, row in vectors.items()]
        try:
            with self._connection() as writing:
                writing.executemany("INSERT OR IGNORE INTO vector (digest, bits) VALUES (?, ?)", rows)
                writing.execute("DELETE FROM vector WHERE number <= (SELECT max(number) FROM vector) - ?", [MOST_ROWS])
        except sqlite3.DatabaseError as error:
            self._give_up(error)

    def clear(self) -> None:
        """Forget every vector, and leave no trace of one in the file."""
        self.close()
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _digest(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.model}\0{text}".encode("utf-8", "surrogatepass")).digest()

    def _select(self, digests: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        marks = ",".join("?" * len(digests))
        query = f"SELECT digest, bits FROM vector WHERE digest IN ({marks})"  # noqa: S608 (nothing but question marks)
        return self._connection().execute(query, digests).fetchall()

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The embedder's lock lets one thread in at a time.
            self._opened = sqlite3.connect(self.path, timeout=SECONDS_TO_WAIT, check_same_thread=False)
            weakref.finalize(self, self._opened.close)
            self._opened.execute("PRAGMA journal_mode=WAL")
            self._opened.execute("PRAGMA synchronous=OFF")
            self._opened.execute(TABLE)
        return self._opened

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        """Throw a damaged file away; one that is only busy stays."""
        self.close()
        if not isinstance(error, sqlite3.OperationalError):
            self.clear()


def _parts(digests: list[bytes]) -> list[list[bytes]]:
    return [digests[first : first + AT_ONCE] for first in range(0, len(digests), AT_ONCE)]
