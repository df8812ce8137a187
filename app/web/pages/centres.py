"""Buying centres: who decides together at an account, where they pull apart, and what unites them."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.web.front import FrontDep
from app.web.mapping import seat_map

router = APIRouter()


@router.get("/studies/{study_id}/centres")
def centres(front: FrontDep, study_id: str) -> HTMLResponse:
    room = front.rooms.room(study_id)
    found = front.rooms.centres(study_id)
    return front.show_in(
        room, "centres.html.j2", here="centres", centres=[(centre, seat_map(centre)) for centre in found]
    )
