"""Jobs: start what takes longer than a page, follow it, stop it, try it once more."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from app.access.action import OF_JOB, Action
from app.access.permission import may, must_be_allowed
from app.errors import NotFound
from app.intake.uploads import find_upload
from app.models.job import Job, JobKind
from app.web.arrivals import Arrivals, arrivals
from app.web.following import Followed, follow, follow_all
from app.web.front import Front, FrontDep, Ours, RoomDep
from app.web.kept_pages import FLEETING
from app.web.readiness import forecast_of, readiness

router = APIRouter(prefix="/studies/{study_id}")


@router.get("/jobs", dependencies=[may(Action.FOLLOW_JOBS)])
def jobs(front: FrontDep, room: RoomDep) -> HTMLResponse:
    now = datetime.now(UTC)
    known = front.house.desk.all(room.study_id) if front.house.desk else []
    ended = [follow(job, now) for job in known if job.state.ended]
    answer = front.show_in(room, "jobs.html.j2", here="jobs", now=under_way(front, room.study_id), ended=ended)
    return fleeting(answer)


@router.get("/run", dependencies=[may(Action.RUN)])
def before_run(front: FrontDep, room: RoomDep) -> HTMLResponse:
    """What a run has to work with, what it lacks, and what a language model would be asked."""
    answer = front.show_in(
        room, "run.html.j2", here="home",
        ready=readiness(room), forecast=forecast_of(front.bench, room.study_id), now=under_way(front, room.study_id),
    )  # fmt: skip
    return fleeting(answer)


@router.post("/runs", dependencies=[may(Action.RUN), Ours])
def run(
    front: FrontDep, study_id: str, kind: Annotated[Literal["run", "code", "segment"], Form()] = "run"
) -> RedirectResponse:
    return to_job(front.desk.start(JobKind(kind), study_id, by=front.you.name))


@router.post("/drafts", dependencies=[may(Action.DRAFT), Ours])
def draft(front: FrontDep, study_id: str) -> RedirectResponse:
    return to_job(front.desk.start(JobKind.DRAFT, study_id, by=front.you.name))


@router.post("/measures", dependencies=[may(Action.MEASURE), Ours])
def measure(front: FrontDep, study_id: str) -> RedirectResponse:
    return to_job(front.desk.start(JobKind.EVAL, study_id, by=front.you.name, suite="personas"))


@router.get("/jobs/{job_id}", dependencies=[may(Action.FOLLOW_JOBS)])
def job(front: FrontDep, room: RoomDep, job_id: str) -> HTMLResponse:
    found = job_of(front, room.study_id, job_id)
    shown = followed(front, found)
    answer = front.show_in(room, "job.html.j2", here="jobs", one=shown, report=report_on(front, found))
    return fleeting(answer)


@router.get("/jobs/{job_id}/now", dependencies=[may(Action.FOLLOW_JOBS)])
def job_now(front: FrontDep, study_id: str, job_id: str) -> HTMLResponse:
    """How far it is, to be put in the place of what was told before; once it has ended, the whole of it."""
    found = job_of(front, study_id, job_id)
    return fleeting(told(front, found))


@router.post("/jobs/{job_id}/cancel", dependencies=[may(Action.DRAFT), Ours])
def cancel(front: FrontDep, study_id: str, job_id: str) -> RedirectResponse:
    return to_job(front.desk.cancel(must_own(front, job_of(front, study_id, job_id)).id))


@router.post("/jobs/{job_id}/retry", dependencies=[may(Action.DRAFT), Ours])
def retry(front: FrontDep, study_id: str, job_id: str) -> RedirectResponse:
    return to_job(front.desk.retry(must_own(front, job_of(front, study_id, job_id)).id))


def to_job(job: Job) -> RedirectResponse:
    return RedirectResponse(f"/studies/{job.study_id}/jobs/{job.id}", status_code=303)


def job_of(front: Front, study_id: str, job_id: str) -> Job:
    """The job, where it is of this study; NotFound otherwise."""
    front.bench.study(study_id)
    found = front.desk.get(job_id)
    if found.study_id != study_id:
        raise NotFound("job", job_id, "It may be of another study")
    return found


def must_own(front: Front, job: Job) -> Job:
    """The job, where whoever asks might have started it; Forbidden otherwise."""
    must_be_allowed(front.you, OF_JOB[job.kind])
    return job


def told(front: Front, job: Job, *, whole: bool = False) -> HTMLResponse:
    """The job as a part of a page: how far it is; the `whole` of it where it is new, and when it has ended."""
    whole = whole or job.state.ended
    answer = front.show(
        "job_whole.html.j2" if whole else "job_now.html.j2",
        one=followed(front, job), report=report_on(front, job), study=f"/studies/{job.study_id}",
        swapped=job.state.ended,
    )  # fmt: skip
    if whole:
        answer.headers["hx-retarget"] = f"#{job.id}"
        answer.headers["hx-reswap"] = "innerHTML"
    return answer


def followed(front: Front, job: Job) -> Followed:
    before = [one for one in front.under_way(job.study_id) if one.started < job.started]
    return follow(job, datetime.now(UTC), len(before))


def under_way(front: Front, study_id: str) -> list[Followed]:
    return follow_all(front.under_way(study_id), datetime.now(UTC))


def report_on(front: Front, job: Job) -> Arrivals | None:
    """What became of the files that a job imported: their names are for those who may import."""
    if job.kind is not JobKind.INGEST or "upload" not in job.result or not front.you.may(Action.IMPORT):
        return None
    try:
        found = find_upload(front.bench.settings, job.study_id, str(job.result["upload"])).report()
    except NotFound:
        return None
    return arrivals(found) if found else None


def fleeting(answer: HTMLResponse) -> HTMLResponse:
    answer.headers[FLEETING] = "jobs go on without a word in the database"
    return answer
