"""Bytes of a file, or one clear sentence about why there are none."""

from pathlib import Path

from retrieval.errors import UnreadableSource


def load(path: Path, where: str) -> bytes:
    """The bytes of a file. Raises UnreadableSource where it cannot be opened."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableSource(where, "there is no such file", "Check the path") from None
    except OSError as fault:
        raise UnreadableSource(where, f"the file cannot be opened ({fault.strerror})", "Check the path") from None
