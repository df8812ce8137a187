"""Quality: what the study was measured at, and what it was made with, run by run."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.models.job import JobKind
from app.web.front import FrontDep, RoomDep
from app.web.kept_pages import FLEETING
from app.web.pages.jobs import under_way
from app.web.scores import failed, scores
from evals.on_study import read_reports

router = APIRouter()
# A line of more points than these says no more.
LATEST = 24


@router.get("/studies/{study_id}/quality", dependencies=[may(Action.READ_QUALITY)])
def quality(front: FrontDep, room: RoomDep) -> HTMLResponse:
    with front.bench.store.transaction() as tx:
        runs = tx.results.runs(room.study_id)
    reports = list(read_reports(front.bench, room.study_id).values())[:LATEST]
    wrong, count = failed(room, reports[0]) if reports else ([], 0)
    now = [one for one in under_way(front, room.study_id) if one.job.kind is JobKind.EVAL]
    answer = front.show_in(
        room, "quality.html.j2", here="quality",
        runs=runs, made=room.cast.provenance, now=now,
        scores=scores(reports[::-1]) if reports else [], measured=len(reports), wrong=wrong, wrong_in_all=count,
    )  # fmt: skip
    if now:
        answer.headers[FLEETING] = "a job is under way"
    return answer
