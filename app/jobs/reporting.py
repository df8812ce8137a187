"""Reporting: how far a step is, told to the job's record often enough to watch and seldom enough to cost nothing."""

import time

from dbos import DBOS
from dbos import error as dbos_error

# The event of a job's record that holds its progress.
PROGRESS = "progress"
CANCELLED = "CANCELLED"
# Seconds between two entries. A page asks twice a second.
EVERY = 0.5


class RecordedProgress:
    """An `app.progress.Progress` kept with the job. Where the job was cancelled meanwhile, the step ends here: between
    two of its parts, each of which is saved whole."""

    def __init__(self, job_id: str):
        self.job_id = job_id
        self._step, self._total, self._done = "", 0, 0
        self._told = 0.0

    def start(self, step: str, total: int) -> None:
        self._step, self._total, self._done = step, total, 0
        self._tell()

    def advance(self) -> None:
        self._done += 1
        if self._done == self._total or time.monotonic() - self._told >= EVERY:
            self._tell()

    def _tell(self) -> None:
        status = DBOS.get_workflow_status(self.job_id)
        if status is None or status.status == CANCELLED:
            raise dbos_error.DBOSWorkflowCancelledError(f"{self.job_id} was cancelled")
        DBOS.set_event(PROGRESS, {"step": self._step, "done": self._done, "total": self._total})
        self._told = time.monotonic()
