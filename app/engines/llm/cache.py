"""Answers kept on disk, so that what was answered once is not paid for again.

A row is a SHA-256 of the question (prompt, model, schema, sampling) and the answer's text; the prompt is not kept. An
answer says in other words what people said, so each is kept with the ids of the sources it was made from, and goes
where one of them goes. Deleted rows are overwritten in the file. A damaged file is thrown away: it costs only money.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

SECONDS_TO_WAIT = 10.0
TABLES = """
CREATE TABLE IF NOT EXISTS answer (digest TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made_from (
    digest TEXT NOT NULL REFERENCES answer ON DELETE CASCADE, source TEXT NOT NULL, PRIMARY KEY (digest, source)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS made_from_source ON made_from (source);
"""


def digest(*parts: object) -> str:
    """The key of a question: every part that could change its answer."""
    written = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


class AnswerCache:
    """The answers in the SQLite file `path`, which is made at the first one kept; None keeps nothing."""

    def __init__(self, path: Path | None):
        self.path = path
        self._lock = Lock()

    def find(self, key: str) -> str | None:
        """The answer's text, or None."""
        if self.path is None or not self.path.exists():
            return None
        with self._open() as rows:
            found = rows.execute("SELECT text FROM answer WHERE digest = ?", [key]).fetchone()
            return str(found[0]) if found else None
        return None

    def keep(self, key: str, text: str, sources: Iterable[str] = ()) -> None:
        """Remember an answer, and which sources it was made from."""
        if self.path is None:
            return
        with self._open() as rows:
            rows.execute("INSERT OR REPLACE INTO answer (digest, text) VALUES (?, ?)", [key, text])
            rows.executemany("INSERT INTO made_from VALUES (?, ?)", [(key, one) for one in sorted(set(sources))])

    def forget(self) -> None:
        """Drop every answer, and leave no trace of one."""
        if self.path is not None:
            with self._lock:
                self._remove()

    def forget_holding(self, sources: Iterable[str]) -> None:
        """Drop the answers made from any of the sources, and those of which it is not known."""
        if self.path is None or not self.path.exists():
            return
        with self._open() as rows:
            rows.executemany(
                "DELETE FROM answer WHERE digest IN (SELECT digest FROM made_from WHERE source = ?)",
                [[one] for one in sources],
            )
            rows.execute("DELETE FROM answer WHERE digest NOT IN (SELECT digest FROM made_from)")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction. Whatever is wrong with the file only means that nothing is remembered."""
        assert self.path is not None  # noqa: S101 (for mypy: whoever comes here has looked)
        with self._lock:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with closing(sqlite3.connect(self.path, timeout=SECONDS_TO_WAIT)) as connection, connection:
                    connection.execute("PRAGMA secure_delete = ON")
                    connection.execute("PRAGMA foreign_keys = ON")
                    connection.executescript(TABLES)
                    yield connection
            except sqlite3.OperationalError:
                return  # held by another process for too long
            except sqlite3.DatabaseError:
                self._remove()

    def _remove(self) -> None:
        if self.path is not None:
            for path in self.path.parent.glob(f"{self.path.name}*"):
                path.unlink(missing_ok=True)
