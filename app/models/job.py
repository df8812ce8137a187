"""Job: something long that goes on after the door was closed, and how far it is.

Holds ids, counts and words of ours only: never what a person said, never the name of a file, which may be somebody's.
Who started it is told by the name they sign with.
"""

from datetime import datetime
from enum import StrEnum

from app.models.base import Model


class JobKind(StrEnum):
    """`run` is code, themes, segment and draft one after the other."""

    INGEST = "ingest"
    CODE = "code"
    SEGMENT = "segment"
    DRAFT = "draft"
    RUN = "run"
    EVAL = "eval"
    BRIEF = "brief"
    EXPORT = "export"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class JobProblem(Model):
    """Why a job failed: the error's name in `app.errors`, and one sentence that is safe to show."""

    kind: str
    text: str


class Job(Model):
    """`step` is where it is, with `done` of `total` parts; `result` holds ids and counts of what it made."""

    id: str
    kind: JobKind
    study_id: str
    by: str = ""
    state: JobState
    step: str = ""
    done: int = 0
    total: int = 0
    error: JobProblem | None = None
    result: dict[str, str | int] = {}
    started: datetime
    ended: datetime | None = None


class JobEvent(Model):
    """The job as it stood when something about it changed; `number` counts from 1 within a stream."""

    number: int
    job: Job
