"""DurableDesk: the JobDesk on DBOS. One a process: DBOS keeps its state in the process.

Jobs wait in a queue; a worker does a few at once, and of one study one after the other, because they write the same
things. Whoever opens a desk takes a seat; jobs of a seat that its worker left without a word are taken up again.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event, Thread
from uuid import uuid4

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID, WorkflowStatus

from app.errors import BadInput, Conflict, NotFound
from app.intake.uploads import find_upload
from app.jobs.crew import Crew, Measure, set_to_work
from app.jobs.failure import problem_of
from app.jobs.record import PlainRecords
from app.jobs.reporting import PROGRESS
from app.jobs.seat import claim_seat, take_seat
from app.jobs.workflows import VERSION, work_on
from app.models.job import Job, JobEvent, JobKind, JobState
from app.settings import Settings
from app.workbench import Workbench
from retrieval.evidence import stable_id

QUEUE = "studies"
STATES = {
    "DELAYED": JobState.WAITING,
    "ENQUEUED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "CANCELLED": JobState.CANCELLED,
}
TAKES = {JobKind.BRIEF: ("persona", "stage", "industry", "format", "published")}
NEEDS = {JobKind.INGEST: ("upload",), JobKind.EVAL: ("suite",)}
# Seconds: how soon a job begins, how soon a watcher learns of a change, how soon an empty seat is noticed.
BEGIN, WATCH, TEND = 0.2, 0.25, 5.0
# A listing shows the latest.
LISTED = 200


class DurableDesk:
    """Open from its making until `close`. With `works=False` it only takes jobs, which wait for a worker."""

    def __init__(self, bench: Workbench, *, measure: Measure | None = None, works: bool = True):
        self.bench = bench
        self._seat = take_seat(bench.settings.seats)
        set_to_work(Crew(bench, measure))
        try:
            _open(bench.settings, self._seat.name, works=works)
        except Exception as error:
            self._let_go()
            # Neither the address, which may hold a password, nor the driver's words, which may repeat it.
            raise BadInput(
                f"The job records cannot be opened ({type(error).__name__}). Check DRAMATIS_DATABASE_URL; where it is "
                f"not set, restore jobs.sqlite in {bench.settings.home} or move it away."
            ) from None
        self._closing = Event()
        self._tending = Thread(target=self._tend, name="seats", daemon=True)
        self._tending.start()

    def close(self) -> None:
        """Let go of everything. Jobs under way stay recorded, and go on when a desk is opened again."""
        self._closing.set()
        self._tending.join()
        self._let_go()

    def _let_go(self) -> None:
        DBOS.destroy()
        set_to_work(None)
        self._seat.leave()

    def start(self, kind: JobKind, study_id: str, **ids: str) -> Job:
        self.bench.study(study_id)
        key = ids.pop("key", "") or uuid4().hex
        self._check(kind, study_id, ids)
        job_id = stable_id(_of_study(study_id), kind.value, key)
        # First come, first served: times of creation are whole seconds in SQLite, so the number decides.
        number = len(_records(study_id)) + 1
        with SetWorkflowID(job_id), SetEnqueueOptions(queue_partition_key=study_id, priority=number):
            DBOS.enqueue_workflow(QUEUE, work_on, kind.value, study_id, {**ids, "job": job_id}, time.time())
        return self.get(job_id)

    def _check(self, kind: JobKind, study_id: str, ids: dict[str, str]) -> None:
        needed = NEEDS.get(kind, ())
        if set(ids) - set(TAKES.get(kind, ())) != set(needed):
            raise BadInput(f"A job “{kind}” takes {', '.join(needed) or 'no further id'}. Say that and nothing else.")
        if "upload" in ids:
            find_upload(self.bench.settings, study_id, ids["upload"])

    def get(self, job_id: str) -> Job:
        return _job(_status(job_id))

    def all(self, study_id: str | None = None) -> list[Job]:
        ours = _of_study(study_id) if study_id else None
        found = [_job(one) for one in DBOS.list_workflows(workflow_id_prefix=ours, sort_desc=True, limit=LISTED)]
        return sorted(found, key=lambda job: job.started, reverse=True)

    def cancel(self, job_id: str) -> Job:
        if not self.get(job_id).state.ended:
            DBOS.cancel_workflow(job_id)
        return self.get(job_id)

    def retry(self, job_id: str) -> Job:
        job = self.get(job_id)
        if job.state not in (JobState.FAILED, JobState.CANCELLED):
            raise Conflict(f"The job {job_id} is {job.state.value}; only a failed or cancelled one can be retried.")
        steps = DBOS.list_workflow_steps(job_id)
        failed = [step["function_id"] for step in steps if step["error"] is not None]
        last = max((step["function_id"] for step in steps), default=0)
        DBOS.rewind_workflow(
            job_id, start_step=min(failed, default=last + 1), queue_name=QUEUE, queue_partition_key=job.study_id
        )
        return self.get(job_id)

    def forget(self, study_id: str) -> None:
        if jobs := [one.workflow_id for one in _records(study_id)]:
            DBOS.cancel_workflows(jobs)
            DBOS.delete_workflows(jobs)

    def events(self, job_id: str) -> Iterator[JobEvent]:
        before: Job | None = None
        number = 0
        while before is None or not before.state.ended:
            job = self.get(job_id)
            if job != before:
                number += 1
                yield JobEvent(number=number, job=job)
                before = job
            else:
                time.sleep(WATCH)

    def _tend(self) -> None:
        """Take up the jobs of seats that were left without a word. A lock on the seat lets only one do so."""
        while not self._closing.wait(TEND):
            left = [one for one in DBOS.list_workflows(status="PENDING") if one.executor_id != self._seat.name]
            for seat_name in {one.executor_id for one in left if one.executor_id}:
                if seat := claim_seat(self.bench.settings.seats, seat_name):
                    with seat:
                        _take_up(seat_name)


def _open(settings: Settings, seat_name: str, *, works: bool) -> None:
    """Start DBOS with its queue. What a worker of this seat left behind is taken up at once."""
    DBOS(
        config={
            "name": "dramatis",
            "system_database_url": settings.job_records,
            "application_version": VERSION,
            "executor_id": seat_name,
            "serializer": PlainRecords(),
            # Its log repeats errors; ours says what may be said.
            "log_level": "CRITICAL",
            "enable_otlp": False,
        }
    )
    DBOS.listen_queues([QUEUE] if works else [])
    DBOS.launch()
    DBOS.register_queue(
        QUEUE,
        worker_concurrency=settings.jobs,
        partition_concurrency=1,
        polling_interval_sec=BEGIN,
        on_conflict="always_update",
    )


def _take_up(seat_name: str) -> None:
    """Put the jobs of an empty seat back into the queue, as they are now: another may have done so meanwhile."""
    for one in DBOS.list_workflows(status="PENDING", executor_id=seat_name):
        DBOS.resume_workflow(one.workflow_id, queue_name=QUEUE)


def _of_study(study_id: str) -> str:
    """What the ids of a study's jobs begin with: records cannot be searched by anything else everywhere."""
    return stable_id("job", study_id)


def _records(study_id: str) -> list[WorkflowStatus]:
    return DBOS.list_workflows(workflow_id_prefix=_of_study(study_id), load_input=False, load_output=False)


def _status(job_id: str) -> WorkflowStatus:
    found = DBOS.get_workflow_status(job_id)
    if found is None:
        raise NotFound("job", job_id, "It may have gone with its study")
    return found


def _job(found: WorkflowStatus) -> Job:
    kind, study_id, _, started = found.input["args"] if found.input else ("", "", {}, 0.0)
    state = STATES.get(found.status, JobState.FAILED)
    at = DBOS.get_all_events(found.workflow_id).get(PROGRESS, {})
    return Job(
        id=found.workflow_id,
        kind=JobKind(kind),
        study_id=study_id,
        state=state,
        **at,
        error=problem_of(found.error) if state is JobState.FAILED else None,
        result=found.output or {},
        started=datetime.fromtimestamp(started, UTC),
        ended=datetime.fromtimestamp(found.completed_at / 1000, UTC) if state.ended and found.completed_at else None,
    )
