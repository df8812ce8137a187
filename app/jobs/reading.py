"""Reading: what the records say of jobs. What DBOS calls a workflow is a Job to everybody else."""

from datetime import UTC, datetime
from threading import Lock

from dbos import DBOS, WorkflowStatus

from app.errors import NotFound
from app.jobs.failure import problem_of
from app.jobs.reporting import PROGRESS
from app.models.job import Job, JobKind, JobState
from retrieval.evidence import stable_id

STATES = {
    "DELAYED": JobState.WAITING,
    "ENQUEUED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "CANCELLED": JobState.CANCELLED,
}
NOT_ENDED = ["DELAYED", "ENQUEUED", "PENDING"]
# A listing shows the latest.
LISTED = 200


class Records:
    """Reads jobs. One that is done is read once: it cannot be retried, so nothing of it changes."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, int], Job] = {}
        self._lock = Lock()

    def get(self, job_id: str) -> Job:
        return self._job(status_of(job_id))

    def latest(self, study_id: str | None) -> list[Job]:
        """Newest first."""
        ours = of_study(study_id) if study_id else None
        found = DBOS.list_workflows(workflow_id_prefix=ours, sort_desc=True, limit=LISTED)
        return sorted(map(self._job, found), key=lambda job: job.started, reverse=True)

    def under_way(self) -> list[Job]:
        """In the order they were asked for."""
        return sorted(map(self._job, DBOS.list_workflows(status=NOT_ENDED)), key=lambda job: job.started)

    def _job(self, found: WorkflowStatus) -> Job:
        key = (found.workflow_id, found.completed_at or 0)
        with self._lock:
            known = self._done.get(key)
        if known is not None and _state(found) is JobState.DONE:
            return known
        job = _read(found)
        if job.state is JobState.DONE:
            with self._lock:
                if len(self._done) > 5 * LISTED:
                    self._done.clear()
                self._done[key] = job
        return job


def of_study(study_id: str) -> str:
    """What the ids of a study's jobs begin with: records cannot be searched by anything else everywhere."""
    return stable_id("job", study_id)


def records_of(study_id: str) -> list[WorkflowStatus]:
    """All records of a study, without what went in and came out."""
    return DBOS.list_workflows(workflow_id_prefix=of_study(study_id), load_input=False, load_output=False)


def status_of(job_id: str) -> WorkflowStatus:
    found = DBOS.get_workflow_status(job_id)
    if found is None:
        raise NotFound("job", job_id, "It may have gone with its study")
    return found


def _state(found: WorkflowStatus) -> JobState:
    return STATES.get(found.status, JobState.FAILED)


def _read(found: WorkflowStatus) -> Job:
    kind, study_id, ids, started = found.input["args"] if found.input else ("", "", {}, 0.0)
    state = _state(found)
    at = DBOS.get_all_events(found.workflow_id).get(PROGRESS, {})
    return Job(
        id=found.workflow_id,
        kind=JobKind(kind),
        study_id=study_id,
        by=ids.get("by", ""),
        state=state,
        **at,
        error=problem_of(found.error) if state is JobState.FAILED else None,
        result=found.output or {},
        started=datetime.fromtimestamp(started, UTC),
        ended=datetime.fromtimestamp(found.completed_at / 1000, UTC) if state.ended and found.completed_at else None,
    )
