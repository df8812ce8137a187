"""Evidence: a search as one types, with filters."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.web.finding import Wanted, choices, find
from app.web.front import FrontDep, RoomDep, is_partial

router = APIRouter()


@router.get("/studies/{study_id}/evidence", dependencies=[may(Action.READ_EVIDENCE)])
def evidence(
    request: Request, front: FrontDep, room: RoomDep,
    q: str = "", code: str = "", segment: str = "", person: str = "", consent: str = "", noted: bool = False,
    theme: str = "", page: int = 1,
) -> HTMLResponse:  # fmt: skip
    """What was said, by words, code, segment, person and consent; htmx asks for the list alone."""
    wanted = Wanted(q.strip(), code, segment, person, consent, noted, theme, max(page, 1))
    found = find(front.bench, room, wanted)
    if is_partial(request):
        return front.show("found.html.j2", room=room, wanted=wanted, found=found, partial=True)
    return front.show_in(
        room, "evidence.html.j2", here="evidence", wanted=wanted, found=found, choices=choices(room), partial=False
    )
