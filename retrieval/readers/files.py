"""Bytes of a file, or one clear sentence about why there are none."""

import io
from pathlib import Path
from typing import IO

from retrieval.errors import UnreadableSource

# A day of talk is a megabyte of text; what is larger than this would fill the memory to no use.
MOST_BYTES = 300_000_000


def load(path: Path, where: str) -> bytes:
    """The bytes of a file. Raises UnreadableSource where it cannot be opened, or is too large to be a transcript."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableSource(
                where, "the file is larger than 300 MB", "Split it, or check that it is the right file"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableSource(where, "there is no such file", "Check the path") from None
    except OSError as fault:
        raise UnreadableSource(where, f"the file cannot be opened ({fault.strerror})", "Check the path") from None


def opened(source: Path | bytes, where: str) -> IO[bytes]:
    """A stream of a file's bytes, for what is read in pieces. Raises UnreadableSource as `load` does."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return source.open("rb")
    except FileNotFoundError:
        raise UnreadableSource(where, "there is no such file", "Check the path") from None
    except OSError as fault:
        raise UnreadableSource(where, f"the file cannot be opened ({fault.strerror})", "Check the path") from None
