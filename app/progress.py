"""Progress: how a long step says how far it is. Doors draw it; the desk only reports."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    def start(self, step: str, total: int) -> None:
        """A step with `total` parts begins; the one before it is done."""

    def advance(self) -> None:
        """One part of the step is done."""


class Silent:
    """Reports to nobody."""

    def start(self, step: str, total: int) -> None:
        return

    def advance(self) -> None:
        return


def each(progress: Progress, step: str, parts: Sequence[T]) -> Iterator[T]:
    """Iterate over `parts`, reporting each as it is done."""
    progress.start(step, len(parts))
    for part in parts:
        yield part
        progress.advance()
