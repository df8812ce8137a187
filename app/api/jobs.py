"""Jobs: start what takes longer than a request, follow it, stop it; measure, audit."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path as Folder
from pathlib import PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from fastapi import APIRouter, File, Path, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import Field

from app.access.action import OF_JOB, Action
from app.access.permission import You, may, must_be_allowed
from app.access.principal import Principal
from app.api.context import Bench, Desk, Study
from app.api.etags import answer
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.api.studies import IdempotencyKey
from app.audit.auditing import audit
from app.audit.report import AuditReport
from app.errors import BadInput, NotFound
from app.jobs.desk import JobDesk
from app.models.base import Model
from app.models.job import Job, JobEvent, JobKind
from evals.on_study import read_reports
from evals.report import EvalReport

router = APIRouter(tags=["jobs"])
JobId = Annotated[str, Path(alias="job", description="The job's id.", max_length=100)]
# Seconds between two looks at a job that is followed, and looks after which a quiet line is kept open by a comment.
LOOK, QUIET = 0.25, 60


EVENT = {
    "type": "object",
    "description": "`data` is a JSON object with `number`, which counts from 1, and `job`.",
    "properties": {name: {"type": "string"} for name in ("id", "event", "data")},
}


class NewJob(Model):
    """What is to be done. Files are imported by sending them to `sources`."""

    kind: Literal["code", "segment", "draft", "run", "eval", "export"] = Field(examples=["run"])
    suite: Literal["personas"] | None = Field(None, description="For `eval`: what to measure.")


@router.post(
    "/studies/{study}/jobs",
    dependencies=[may(Action.DRAFT)],
    status_code=202,
    summary="Start a job",
    responses=responses(400, 403, 404),
)
def start(
    desk: Desk, study: Study, new: NewJob, response: Response, you: You, idempotency_key: IdempotencyKey = None
) -> Job:
    """It goes on when you go away, and after a crash. Jobs of one study are done one after the other. Who may draft may
    not run everything."""
    must_be_allowed(you, OF_JOB[JobKind(new.kind)])
    ids = {"suite": new.suite, "key": idempotency_key}
    job = desk.start(JobKind(new.kind), study, by=you.name, **{name: value for name, value in ids.items() if value})
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return job


@router.get(
    "/studies/{study}/jobs",
    dependencies=[may(Action.FOLLOW_JOBS)],
    summary="A study's jobs, newest first",
    responses=responses(404),
)
def of_study(desk: Desk, study: Study, piece: Wanted) -> Page[Job]:
    return piece.of(desk.all(study), lambda one: one.id, lambda one: one)


@router.get("/jobs", dependencies=[may(Action.FOLLOW_JOBS)], summary="All jobs, newest first")
def jobs(desk: Desk, piece: Wanted, you: You) -> Page[Job]:
    """Of the studies you belong to."""
    return piece.of([one for one in desk.all() if you.belongs_to(one.study_id)], lambda one: one.id, lambda one: one)


@router.get(
    "/jobs/{job}",
    dependencies=[may(Action.FOLLOW_JOBS)],
    summary="How far a job is",
    responses=responses(404),
    response_model=Job,
)
def job(request: Request, desk: Desk, job_id: JobId, you: You) -> Response:
    return answer(request, _yours(desk, job_id, you))


@router.post(
    "/jobs/{job}/cancel", dependencies=[may(Action.DRAFT)], summary="Stop a job", responses=responses(403, 404)
)
def cancel(desk: Desk, job_id: JobId, you: You) -> Job:
    """What its steps have done so far stays. A job that has ended stays as it is."""
    must_be_allowed(you, OF_JOB[_yours(desk, job_id, you).kind])
    return desk.cancel(job_id)


@router.post(
    "/jobs/{job}/retry",
    dependencies=[may(Action.DRAFT)],
    status_code=202,
    summary="Go on with a job that failed",
    responses=responses(403, 404, 409),
)
def retry(desk: Desk, job_id: JobId, you: You) -> Job:
    """From the step that did not end."""
    must_be_allowed(you, OF_JOB[_yours(desk, job_id, you).kind])
    return desk.retry(job_id)


@router.get(
    "/jobs/{job}/events", dependencies=[may(Action.FOLLOW_JOBS)], summary="Follow a job",
    responses={**responses(404), 200: {"content": {"text/event-stream": {"schema": EVENT}}}},
    response_class=StreamingResponse,
)  # fmt: skip
async def events(desk: Desk, job_id: JobId, you: You) -> StreamingResponse:
    """Server-sent events `job`: the job as it is at each change, at once the first and the last when it has ended."""
    first = await run_in_threadpool(_yours, desk, job_id, you)
    return StreamingResponse(_told(desk, first), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _told(desk: JobDesk, job: Job) -> AsyncIterator[str]:
    """Sleeps between looks outside the thread pool, so that hundreds who follow jobs keep nobody waiting."""
    number, quiet = 1, 0
    yield _event(number, job)
    while not job.state.ended:
        await asyncio.sleep(LOOK)
        now = await run_in_threadpool(desk.get, job.id)
        quiet += 1
        if now != job:
            number, quiet, job = number + 1, 0, now
            yield _event(number, job)
        elif quiet % QUIET == 0:
            yield ": still here\n\n"


def _yours(desk: JobDesk, job_id: str, you: Principal) -> Job:
    """NotFound for a job of a study one does not belong to, as for one that is not there."""
    found = desk.get(job_id)
    if not you.belongs_to(found.study_id):
        raise NotFound("job", job_id, "It may have gone with its study")
    return found


def _event(number: int, job: Job) -> str:
    return f"id: {number}\nevent: job\ndata: {JobEvent(number=number, job=job).model_dump_json()}\n\n"


@router.get(
    "/studies/{study}/evals",
    dependencies=[may(Action.READ_QUALITY)],
    summary="What a study was measured at",
    tags=["evals"],
    responses=responses(404),
)
def evals(bench: Bench, study: Study) -> dict[str, EvalReport]:
    """Reports by the ids of their jobs, newest first."""
    return read_reports(bench, study)


@router.post(
    "/studies/{study}/audit", dependencies=[may(Action.AUDIT)],
    summary="Hold a persona document against a study", tags=["audit"],
    responses=responses(404, 409, 502, 503),
)  # fmt: skip
def audit_document(
    bench: Bench, study: Study, file: Annotated[UploadFile, File(description="A .md, .txt, .docx or .json document.")]
) -> AuditReport:
    """A verdict on each of its lines. Nothing of the document is kept."""
    name = PurePosixPath((file.filename or "").replace("\\", "/")).name
    if not name or name.startswith(".") or "\0" in name or len(name.encode()) > 200:
        raise BadInput("The document has a name that cannot be used. Give it a plain one, like persona.md.")
    with TemporaryDirectory(prefix="dramatis-audit-") as folder:
        place = Folder(folder) / name
        place.write_bytes(file.file.read())
        return audit(bench, study, place)
