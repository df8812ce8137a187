"""Evidence: a search as one types, with filters; and the themes, person by person."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.playbook.heat import heat
from app.web.finding import Wanted, choices, find
from app.web.front import FrontDep, is_partial

router = APIRouter()


@router.get("/studies/{study_id}/evidence")
def evidence(
    request: Request, front: FrontDep, study_id: str,
    q: str = "", code: str = "", segment: str = "", person: str = "", consent: str = "", noted: bool = False,
    theme: str = "", page: int = 1,
) -> HTMLResponse:  # fmt: skip
    """What was said, by words, code, segment, person and consent; htmx asks for the list alone."""
    room = front.rooms.room(study_id)
    wanted = Wanted(q.strip(), code, segment, person, consent, noted, theme, max(page, 1))
    found = find(front.bench, room, wanted)
    if is_partial(request):
        return front.show("found.html.j2", room=room, wanted=wanted, found=found)
    return front.show_in(room, "evidence.html.j2", here="evidence", wanted=wanted, found=found, choices=choices(room))


@router.get("/studies/{study_id}/themes")
def themes(front: FrontDep, study_id: str) -> HTMLResponse:
    """Who says what, as a heat map, and all themes by code."""
    room = front.rooms.room(study_id)
    ordered = sorted(room.cast.themes, key=lambda theme: (-theme.k, theme.label))
    picture = heat(room.cast, room.material.evidence, room.refs)
    return front.show_in(room, "themes.html.j2", here="themes", heat=picture, themes=ordered)
