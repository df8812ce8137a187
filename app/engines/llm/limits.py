"""Limits of calling a provider: how often a minute, how often again, and how long to wait between.

Time comes in through `Clock`, so that tests wait for nothing.
"""

import random
import time
from collections import deque
from collections.abc import Callable
from threading import Event, Lock
from typing import Protocol, TypeVar

from app.engines.llm.model import Cancelled, Transient
from app.errors import ModelError

R = TypeVar("R")

MINUTE = 60.0
# Waits double from here where the provider does not say how long, and are drawn between half and the whole, so that
# calls that failed together do not come back together.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
# A provider that asks for more has a quota for the day, and a person should know.
MOST_PATIENCE = 300.0


class Clock(Protocol):
    def now(self) -> float:
        """Seconds since some start."""
        ...

    def wait(self, seconds: float, cancel: Event) -> None:
        """Let the seconds pass; Cancelled as soon as `cancel` is set."""
        ...


class WallClock:
    """Real time."""

    def now(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float, cancel: Event) -> None:
        if cancel.wait(seconds):
            raise Cancelled


class RateLimit:
    """At most `per_minute` turns in any minute; None lets everybody through."""

    def __init__(self, per_minute: int | None, clock: Clock):
        self.per_minute, self.clock = per_minute, clock
        self._turns: deque[float] = deque()
        self._lock = Lock()

    def take(self, cancel: Event) -> None:
        """Wait for a turn and take it."""
        while (seconds := self._try()) > 0:
            self.clock.wait(seconds, cancel)

    def _try(self) -> float:
        """0 where the turn was taken, else how long until there may be one."""
        if self.per_minute is None:
            return 0.0
        with self._lock:
            now = self.clock.now()
            while self._turns and self._turns[0] <= now - MINUTE:
                self._turns.popleft()
            if len(self._turns) < self.per_minute:
                self._turns.append(now)
                return 0.0
            return self._turns[0] + MINUTE - now


class Retry:
    """Tries a call again after failures that pass, `times` at most."""

    def __init__(self, times: int, clock: Clock, draw: Callable[[], float] = random.random):
        self.times, self.clock, self.draw = times, clock, draw

    def attempt(self, model: str, call: Callable[[], R], cancel: Event) -> R:
        """What `call` gives; ModelError where the last try fails too, Cancelled where the work is given up."""
        for tried in range(self.times + 1):
            if cancel.is_set():
                raise Cancelled
            try:
                return call()
            except Transient as failure:
                failed = failure
            if tried < self.times:
                self.clock.wait(self._pause(model, failed, tried), cancel)
        raise ModelError(
            f"{model} gave no answer in {self.times + 1} tries ({failed.reason}). "
            "What was answered is kept: try again later, or check DRAMATIS_MODEL__BASE_URL and the provider's status."
        )

    def _pause(self, model: str, failure: Transient, tried: int) -> float:
        asked = failure.retry_after
        if asked is None:
            longest: float = min(LONGEST_WAIT, FIRST_WAIT * 2**tried)
            return longest * (0.5 + self.draw() / 2)
        if asked > MOST_PATIENCE:
            raise ModelError(f"{model} asks to wait {asked:.0f} seconds ({failure.reason}). Try again after that.")
        return asked
