"""Buying centres: who decides together at an account, where they pull apart, and what unites them."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.web.front import FrontDep, RoomDep
from app.web.mapping import seat_map

router = APIRouter()


@router.get("/studies/{study_id}/centres", dependencies=[may(Action.READ_STUDY)])
def centres(front: FrontDep, room: RoomDep) -> HTMLResponse:
    found = front.rooms.centres(room.study_id, front.you.sight)
    return front.show_in(
        room, "centres.html.j2", here="centres", centres=[(centre, seat_map(centre)) for centre in found]
    )
