"""Throttle: who fails to log in waits, longer each time, by name and by address.

Names are counted as they are looked up, so that another spelling of one is no other name. The tables are of one size
for good: names and addresses fall into slots by a digest keyed anew at each start, which nobody can aim at.
"""

import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

SLOTS = 4096
# After so many seconds without a failure all is forgotten.
FORGET = 900.0


@dataclass(slots=True)
class Slot:
    failures: int = 0
    last: float = 0.0
    until: float = 0.0


@dataclass(frozen=True)
class Patience:
    """`free` failures cost nothing; each after that doubles the wait, up to `longest` seconds."""

    free: int
    longest: float

    def wait(self, failures: int) -> float:
        return 0.0 if failures < self.free else min(2.0 ** (failures - self.free), self.longest)


# A name's wait stays short, or anybody could lock others out; an office shares one address.
NAME, ADDRESS = Patience(5, 60), Patience(20, 900)


class Throttle:
    """Safe among threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock, self._lock = clock, Lock()
        self._key = secrets.token_bytes(16)
        self._names = [Slot() for _ in range(SLOTS)]
        self._addresses = [Slot() for _ in range(SLOTS)]

    def begin(self, name: str, address: str) -> float:
        """Seconds to wait before anything is checked; 0 where one may try now. A try counts as failed until `passed`,
        so that many at once are not many for free."""
        now = self._clock()
        both = ((self._slot(self._names, name), NAME), (self._slot(self._addresses, _group(address)), ADDRESS))
        with self._lock:
            wait = max(slot.until - now for slot, _ in both)
            if wait > 0:
                return wait
            for slot, patience in both:
                _count(slot, patience, now)
        return 0.0

    def passed(self, name: str, address: str) -> None:
        """They knew the password. The address is given back this try only: one account of one's own is no pass for
        guessing those of others."""
        with self._lock:
            slot = self._slot(self._names, name)
            slot.failures, slot.until = 0, 0.0
            of_address = self._slot(self._addresses, _group(address))
            of_address.failures = max(of_address.failures - 1, 0)
            of_address.until = 0.0 if of_address.failures < ADDRESS.free else of_address.until

    def _slot(self, table: list[Slot], name: str) -> Slot:
        digest = hmac.digest(self._key, name.encode(errors="replace"), "sha256")
        return table[int.from_bytes(digest[:8]) % SLOTS]


def _count(slot: Slot, patience: Patience, now: float) -> None:
    if now - slot.last > FORGET:
        slot.failures = 0
    slot.failures, slot.last = slot.failures + 1, now
    slot.until = now + patience.wait(slot.failures)


def _group(address: str) -> str:
    """An IPv6 network of one household counts as one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
