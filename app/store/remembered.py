"""What was read from the database, kept until anybody changes it: for answers that are asked for again and again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

Answer = TypeVar("Answer")

# A scope of half of 100,000 excerpts takes some 5 MB.
MOST = 8


class Remembered:
    """The last few answers. Safe among threads.

    SQLite tells a connection that never writes whether another, of this process or any, has committed since
    (`PRAGMA data_version`): then all is forgotten.
    """

    def __init__(self, engine: Engine, most: int = MOST):
        self._engine, self._most = engine, most
        self._lock = Lock()
        self._watch: PoolProxiedConnection | None = None
        self._revision: int | None = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer to `question`, asked for where it is not known or may have changed."""
        with self._lock:
            revision = self._forget_what_changed()
            if question in self._answers:
                self._answers.move_to_end(question)
                known: Answer = self._answers[question]
                return known
        answer = ask()
        with self._lock:
            # What was read while somebody wrote may be old already.
            if self._forget_what_changed() == revision:
                self._answers[question] = answer
                if len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return answer

    def close(self) -> None:
        with self._lock:
            if self._watch is not None:
                self._watch.close()
            self._watch = None

    def _forget_what_changed(self) -> int:
        if self._watch is None:
            self._watch = self._engine.raw_connection()
            self._answers.clear()
        cursor: Any = self._watch.cursor()
        revision = int(cursor.execute("PRAGMA data_version").fetchone()[0])
        cursor.close()
        if revision != self._revision:
            self._answers.clear()
        self._revision = revision
        return revision
