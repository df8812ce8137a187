"""Answers kept on disk, so that what was answered once is not paid for again.

A row is a SHA-256 of the question (prompt, model, schema, sampling) and the answer's text; the prompt is not kept. An
answer says in other words what people said, so each is kept with the ids of the sources it was made from, and goes
where one of them goes. Deleted rows are overwritten in the file. A damaged file is thrown away: it costs only money.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

SECONDS_TO_WAIT = 10.0
TABLES = """
CREATE TABLE IF NOT EXISTS answer (digest TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made_from (
    digest TEXT NOT NULL REFERENCES answer ON DELETE CASCADE, source TEXT NOT NULL, PRIMARY KEY (digest, source)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS made_from_source ON made_from (source);
"""

Work = Callable[[sqlite3.Connection], list[tuple[Any]]]


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
        found: list[tuple[str]] = []
        with self._lenient():
            found = self._do(lambda rows: rows.execute("SELECT text FROM answer WHERE digest = ?", [key]).fetchall())
        return found[0][0] if found else None

    def keep(self, key: str, text: str, sources: Iterable[str] = ()) -> None:
        """Remember an answer, and which sources it was made from."""

        def write(rows: sqlite3.Connection) -> list[tuple[str]]:
            rows.execute("DELETE FROM answer WHERE digest = ?", [key])
            rows.execute("INSERT INTO answer (digest, text) VALUES (?, ?)", [key, text])
            rows.executemany("INSERT INTO made_from VALUES (?, ?)", [(key, one) for one in sorted(set(sources))])
            return []

        with self._lenient():
            self._do(write, make=True)

    def forget(self) -> None:
        """Drop every answer, and leave no trace of one."""
        if self.path is not None:
            for path in self.path.parent.glob(f"{self.path.name}*"):
                path.unlink(missing_ok=True)

    def forget_holding(self, sources: Iterable[str]) -> None:
        """Drop the answers made from any of the sources, and those of which it is not known; all of them where the
        file does not let itself be changed."""
        gone = [[one] for one in sources]

        def write(rows: sqlite3.Connection) -> list[tuple[str]]:
            held = "DELETE FROM answer WHERE digest IN (SELECT digest FROM made_from WHERE source = ?)"
            rows.executemany(held, gone)
            rows.execute("DELETE FROM answer WHERE digest NOT IN (SELECT digest FROM made_from)")
            return []

        try:
            self._do(write)
        except sqlite3.DatabaseError:
            self.forget()

    def count_holding(self, sources: Iterable[str]) -> int:
        """How many answers were made from any of the sources."""
        wanted = json.dumps(sorted(sources))
        held = "SELECT count(DISTINCT digest) FROM made_from WHERE source IN (SELECT value FROM json_each(?))"
        found: list[tuple[int]] = []
        with self._lenient():
            found = self._do(lambda rows: rows.execute(held, [wanted]).fetchall())
        return found[0][0] if found else 0

    def _do(self, work: Work, *, make: bool = False) -> list[tuple[Any]]:
        """What `work` gives in a transaction; nothing where there is no file, unless it is to be made."""
        if self.path is None or not (make or self.path.exists()):
            return []
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, closing(sqlite3.connect(self.path, timeout=SECONDS_TO_WAIT)) as rows, rows:
            rows.execute("PRAGMA secure_delete = ON")
            rows.execute("PRAGMA foreign_keys = ON")
            rows.executescript(TABLES)
            return work(rows)

    @contextmanager
    def _lenient(self) -> Iterator[None]:
        """Whatever is wrong with the file only means that nothing is remembered; a damaged one goes."""
        try:
            yield
        except sqlite3.OperationalError:
            return  # held by another process for too long, or on a full disk
        except sqlite3.DatabaseError:
            self.forget()
