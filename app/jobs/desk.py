"""JobDesk: the port of whatever starts, follows and stops jobs. Doors know this; `app.jobs.durable` is it on DBOS."""

from collections.abc import Iterator
from typing import Protocol

from app.models.job import Job, JobEvent, JobKind


class JobDesk(Protocol):
    """Takes ids and gives ids; what people said stays in the store and in kept files."""

    def start(self, kind: JobKind, study_id: str, *, by: str = "", **ids: str) -> Job:
        """Begin a job and return at once; `by` is whoever asked for it.

        `ids`: `upload` (ingest), `suite` (eval), those of a matrix (brief), and for all `key`: two starts with one key
        are one job.
        Raises NotFound for an unknown study or upload, BadInput for an id that is missing.
        """

    def get(self, job_id: str) -> Job:
        """The job as it stands, or NotFound."""

    def all(self, study_id: str | None = None) -> list[Job]:
        """The jobs of a study, or of all, newest first."""

    def under_way(self, study_id: str | None = None) -> list[Job]:
        """The jobs that wait or run, in the order they were asked for, as they stood less than a second ago.
        Costs nothing: every page may ask."""

    def cancel(self, job_id: str) -> Job:
        """Stop the job after the step it is in, which is kept whole; one that has ended stays as it is. NotFound."""

    def retry(self, job_id: str) -> Job:
        """A failed or cancelled job once more, from the step that did not end. Conflict for one that is under way."""

    def forget(self, study_id: str) -> None:
        """Stop and forget all jobs of a study: it is being deleted."""

    def events(self, job_id: str) -> Iterator[JobEvent]:
        """The job now and at each change until it has ended; NotFound where there is none."""
