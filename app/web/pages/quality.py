"""Quality: what the study was made with, run by run."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.web.front import FrontDep

router = APIRouter()


@router.get("/studies/{study_id}/quality")
def quality(front: FrontDep, study_id: str) -> HTMLResponse:
    room = front.rooms.room(study_id)
    with front.bench.store.transaction() as tx:
        runs = tx.results.runs(study_id)
    return front.show_in(room, "quality.html.j2", here="quality", runs=runs, made=room.cast.provenance)
