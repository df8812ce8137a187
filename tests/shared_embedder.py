"""The real embedder for tests: what one test had embedded, no other of the session embeds again, on no worker."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.embeddings import MiniLM
from retrieval.vector_cache import VectorCache


class SharedMiniLM(MiniLM):
    """The vectors of all its networks are kept in files of the session, by every worker."""

    def __init__(self, models: Path, kept: Path):
        super().__init__(models, threads=1, cache=kept / "vectors.sqlite")
        for network in self._early:
            network.cache = VectorCache(kept / f"layers-{network.layers}.sqlite", self.name)

    def forget(self) -> None:
        """In memory only: the files are other tests' as well."""
        for network in (self._meaning, *self._early):
            network._known.clear()


def session_folder(inside: Path) -> Path:
    """The folder that pytest keeps for this session, above those of its workers."""
    return next(folder for folder in inside.parents if re.fullmatch(r"pytest-\d+", folder.name))


@contextmanager
def one_at_a_time(made: Path) -> Iterator[None]:
    """Whichever worker comes first makes `made`, and the others wait."""
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
