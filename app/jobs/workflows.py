"""Workflows: which steps a job is made of, in their order. After a crash it goes on with the first that did not end.

When a kind is added, or steps are added, taken out or change places, VERSION goes up: a job is finished only by those
who know its steps. What an earlier version left behind begins anew (`app.jobs.upkeep`).
"""

from dbos import DBOS

from app.jobs.crew import Result
from app.jobs.steps import STEPS, Ids, keep_record
from app.models.job import JobKind

VERSION = "jobs-2"
# Starts after which a job that takes its worker down each time is given up.
MOST_STARTS = 20

ORDER: dict[JobKind, tuple[str, ...]] = {
    JobKind.INGEST: ("ingest",),
    JobKind.CODE: ("code",),
    JobKind.SEGMENT: ("themes", "segment"),
    JobKind.DRAFT: ("draft",),
    JobKind.RUN: ("code", "themes", "segment", "draft"),
    JobKind.EVAL: ("measure",),
    JobKind.BRIEF: ("brief",),
    JobKind.EXPORT: ("export",),
}


@DBOS.workflow(name="dramatis_job", max_recovery_attempts=MOST_STARTS)
def work_on(kind: str, study_id: str, ids: Ids, started: float) -> Result:
    """Do a job; what it leaves is ids and counts. `started` is a part of what was asked, so that it stays the same."""
    done = [STEPS[name](study_id, ids) for name in ORDER[JobKind(kind)]]
    result: Result = {}
    for one in done:
        result.update(one["result"])  # type: ignore[call-overload]  # JSON of StepDone
    if kind == JobKind.RUN:
        result["run"] = keep_record(study_id, ids, started, done)
    return result
