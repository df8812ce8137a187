"""Upkeep: jobs that nobody is at any more are put back into the queue.

Two ways to be left: a worker died at its seat; or a workbench of an earlier version, which knew other steps, is gone.
The first go on where they were. The others begin anew, which every step bears, because the numbers of their steps may
mean something else now. An earlier version leaves those of a later one alone.
"""

from pathlib import Path

from dbos import DBOS, WorkflowStatus

from app.jobs.reading import NOT_ENDED
from app.jobs.seat import claim_seat
from app.jobs.workflows import VERSION

QUEUE = "studies"


def take_up_left(seats: Path, own: str) -> None:
    """Take up the jobs of seats that were left without a word. A lock on the seat lets only one do so."""
    left = [one for one in DBOS.list_workflows(status="PENDING") if one.executor_id != own]
    for name in {one.executor_id for one in left if one.executor_id}:
        if seat := claim_seat(seats, name):
            with seat:
                _take_up(name)


def _take_up(seat_name: str) -> None:
    """Put the jobs of an empty seat back into the queue, as they are now: another may have done so meanwhile."""
    for one in DBOS.list_workflows(status="PENDING", executor_id=seat_name):
        DBOS.resume_workflow(one.workflow_id, queue_name=QUEUE)


def begin_outdated_anew(seats: Path, own: str) -> None:
    """Let the jobs of earlier versions begin anew, but those that somebody still works on."""
    for one in DBOS.list_workflows(status=NOT_ENDED):
        if _number(one.app_version) < _number(VERSION) and _is_left(one, seats, own):
            DBOS.cancel_workflow(one.workflow_id)
            rewind(one, 1)


def rewind(job: WorkflowStatus, step: int) -> None:
    """An ended job once more, by the steps we know, from `step`; from its first where it knew others."""
    DBOS.rewind_workflow(
        job.workflow_id,
        start_step=step if job.app_version == VERSION else 1,
        application_version=VERSION,
        queue_name=QUEUE,
        queue_partition_key=job.queue_partition_key,
    )


def _is_left(job: WorkflowStatus, seats: Path, own: str) -> bool:
    """Whether nobody works on it: our own seat is ours since we began, and we began no job of another version."""
    if job.status != "PENDING" or job.executor_id == own or not job.executor_id:
        return True
    if seat := claim_seat(seats, job.executor_id):
        seat.leave()
    return seat is not None


def _number(version: str | None) -> int:
    """“jobs-2” → 2; what was not made by us counts as ours."""
    number = (version or VERSION).rpartition("-")[2]
    return int(number) if number.isdigit() else 0
