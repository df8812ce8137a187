"""Seat: a worker's place at the desk, held by a lock that the system lets go when the process dies, however it dies.

Jobs are recorded with the seat they run at. A seat that nobody holds and that has jobs under way was left in a hurry:
its jobs are taken up by whoever notices. Seats lie in the home folder, which all workers share.
"""

import fcntl
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO

PREFIX = "worker-"


class Seat:
    """Held from `take` or `claim` until `leave`."""

    def __init__(self, name: str, lock: IO[str]):
        self.name, self._lock = name, lock

    def leave(self) -> None:
        self._lock.close()

    def __enter__(self) -> "Seat":
        return self

    def __exit__(self, *_raised: object) -> None:
        self.leave()


def take_seat(folder: Path) -> Seat:
    """The first free seat."""
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"{PREFIX}{number}" for number in count(1))
    return next(seat for name in names if (seat := claim_seat(folder, name)))


def claim_seat(folder: Path, name: str) -> Seat | None:
    """The seat of that name, or None where somebody sits there."""
    lock = (folder / f"{name}.lock").open("a")
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return Seat(name, lock)
    lock.close()
    return None
