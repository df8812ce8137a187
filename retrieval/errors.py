"""Everything that can go wrong in the evidence room.

EvidenceError
 ├── UnreadableSource   a file that cannot be imported: says what, where (file, line) and what to do
 ├── WeightsMissing     the embedding weights are not installed, or are not the ones we know
 ├── EmbeddingFailed    a provider of embeddings gives no vectors
 └── IndexUnavailable   the vector index cannot be opened or does not answer

Each message is one sentence fit to be shown to a person who does not program.
"""

from pathlib import Path


class EvidenceError(Exception):
    """Root of the family; `str(error)` is safe to show."""


class UnreadableSource(EvidenceError):
    """A file that cannot be imported.

    `where` is the file's name as the user gave it, `line` counts from 1 and is None where no line
    is to blame, `remedy` says what the user can do about it.
    """

    def __init__(self, where: Path | str, reason: str, remedy: str, line: int | None = None):
        self.where, self.reason, self.remedy, self.line = str(where), reason, remedy, line
        place = f"{self.where}, line {line}" if line else self.where
        super().__init__(f"{place}: {reason}. {remedy}.")


class WeightsMissing(EvidenceError):
    """The embedding weights are absent or are not the ones whose checksum we know."""


class EmbeddingFailed(EvidenceError):
    """A provider of embeddings gives no vectors."""


class IndexUnavailable(EvidenceError):
    """The vector index cannot be opened or does not answer."""
