"""Segments: the tree as a picture, who belongs where and why, what sets each apart, and contrast pairs."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.playbook.tree import tree
from app.web.dividing import groups, outside
from app.web.front import FrontDep, RoomDep

router = APIRouter()


@router.get("/studies/{study_id}/segments", dependencies=[may(Action.READ_STUDY)])
def segments(front: FrontDep, room: RoomDep) -> HTMLResponse:
    contrasts = [pair for macro in room.macros for micro in macro.micros for pair in micro.contrast]
    return front.show_in(
        room, "segments.html.j2", here="segments",
        tree=tree(room.cast, room.refs), groups=groups(room), outside=outside(room), contrasts=contrasts,
        notes=room.cast.segments.notes, method=room.cast.segments.method,
    )  # fmt: skip
