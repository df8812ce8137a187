"""Watch: the jobs under way, looked up twice a second for everybody. Pages ask at each answer, and a look at the
records each time would keep their readers waiting."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

from app.models.job import Job

log = logging.getLogger("dramatis.jobs")
# Seconds between two looks.
EVERY = 0.5


class Watch:
    """Looks from its making until `close`."""

    def __init__(self, read: Callable[[], list[Job]]):
        self._read, self._jobs = read, read()
        self._lock, self._closing = Lock(), Event()
        self._looking = Thread(target=self._look_on, name="watch", daemon=True)
        self._looking.start()

    @property
    def jobs(self) -> list[Job]:
        """As they stood at the last look; do not change the list."""
        return self._jobs

    def look(self) -> None:
        """Look now: something was just changed here, and who changed it wants to see it."""
        with self._lock:
            self._jobs = self._read()

    def close(self) -> None:
        self._closing.set()
        self._looking.join()

    def _look_on(self) -> None:
        while not self._closing.wait(EVERY):
            try:
                self.look()
            except Exception as error:
                # The records are away, as a database may be for a moment: what was seen last stands until then.
                log.warning("the jobs under way cannot be looked up: %s", type(error).__name__)
