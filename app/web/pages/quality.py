"""Quality: what the study was made with, run by run."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.web.front import FrontDep, RoomDep

router = APIRouter()


@router.get("/studies/{study_id}/quality", dependencies=[may(Action.READ_QUALITY)])
def quality(front: FrontDep, room: RoomDep) -> HTMLResponse:
    with front.bench.store.transaction() as tx:
        runs = tx.results.runs(room.study_id)
    return front.show_in(room, "quality.html.j2", here="quality", runs=runs, made=room.cast.provenance)
