"""A study's home: where it stands, whether one can rely on it, and what to do next."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.strategy.coverage import ENOUGH
from app.web.front import FrontDep, RoomDep
from app.web.kept_pages import FLEETING
from app.web.pages.jobs import under_way
from app.web.pictures import coverage_row, saturation_curve
from app.web.standing import next_steps, stages, thin_columns, thin_table

router = APIRouter()


@router.get("/studies/{study_id}", dependencies=[may(Action.READ_STUDY)])
def home(front: FrontDep, room: RoomDep, advice: bool = False) -> HTMLResponse:
    """`advice` asks for it in the page, where no script fetches it."""
    columns, now = thin_columns(room), under_way(front, room.study_id)
    specs = front.bench.for_study(room.study_id).fields
    saturation = front.rooms.saturation(room.study_id)
    strategy = front.rooms.strategy(room.study_id) if advice else front.rooms.known_strategy(room.study_id)
    answer = front.show_in(
        room, "home.html.j2", here="home",
        stages=stages(room),
        covered=coverage_row(len(room.cast.covered), len(room.cast.participants), ENOUGH),
        saturation=saturation, curve=saturation_curve(saturation) if saturation else None,
        columns=columns, thin=thin_table(room, columns, specs),
        strategy=strategy,
        next=next_steps(room),
        now=now,
    )  # fmt: skip
    if strategy is None or now:
        answer.headers[FLEETING] = "advice is still to come" if not now else "a job is under way"
    return answer


@router.get("/studies/{study_id}/advice", dependencies=[may(Action.READ_STUDY)])
def advice(front: FrontDep, room: RoomDep) -> HTMLResponse:
    """The advice alone, for the home page to put in its place."""
    return front.show("advice.html.j2", room=room, strategy=front.rooms.strategy(room.study_id))
