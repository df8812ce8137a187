"""The audit log: every change, who made it and when; sealed, so that nobody can change what it says unnoticed."""

import time
from dataclasses import dataclass

from app.models.log_entry import LogEntry
from app.store import Store
from app.store.audit_log import START
from app.store.store import Transaction

LONGEST = 300


def note(tx: Transaction, who: str, action: str, study_id: str | None = None, about: str = "") -> LogEntry:
    """An entry beside the change itself: both hold or neither does. `about` are ids and words of ours."""
    return tx.audit_log.add(time.time(), who, action, study_id, _plain(about))


def record(store: Store, who: str, action: str, study_id: str | None = None, about: str = "") -> LogEntry:
    """An entry of its own."""
    with store.transaction() as tx:
        return note(tx, who, action, study_id, about)


@dataclass(frozen=True)
class Verdict:
    """`broken` is the number of the first entry that does not fit, None where all do. `head` is the digest of the
    last: kept elsewhere, it shows later that nothing was cut off the end."""

    entries: int
    broken: int | None
    head: str

    @property
    def text(self) -> str:
        if self.broken is not None:
            return f"Entry {self.broken} does not fit: it, or one before it, was changed or removed."
        return f"All {self.entries:,} entries are as they were written."


def verify(store: Store) -> Verdict:
    """Seal every entry again, from the first."""
    previous, number = START, 0
    with store.transaction() as tx:
        for number, entry in enumerate(tx.audit_log.each(), start=1):
            if entry.number != number or entry.digest != entry.sealed(previous):
                return Verdict(number, entry.number, previous)
            previous = entry.digest
    return Verdict(number, None, previous)


def _plain(text: str) -> str:
    """One line that steers no terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:LONGEST]
