"""A study's home: where it stands, whether one can rely on it, and what to do next."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.strategy.coverage import ENOUGH
from app.web.front import FrontDep
from app.web.kept_pages import FLEETING
from app.web.pictures import coverage_row, saturation_curve
from app.web.standing import next_steps, stages, thin_columns, thin_table

router = APIRouter()


@router.get("/studies/{study_id}")
def home(front: FrontDep, study_id: str, advice: bool = False) -> HTMLResponse:
    """`advice` asks for it in the page, where no script fetches it."""
    room = front.rooms.room(study_id)
    columns = thin_columns(room)
    specs = front.bench.for_study(study_id).fields
    saturation = front.rooms.saturation(study_id)
    strategy = front.rooms.strategy(study_id) if advice else front.rooms.known_strategy(study_id)
    answer = front.show_in(
        room, "home.html.j2", here="home",
        stages=stages(room),
        covered=coverage_row(len(room.cast.covered), len(room.cast.participants), ENOUGH),
        saturation=saturation, curve=saturation_curve(saturation) if saturation else None,
        columns=columns, thin=thin_table(room, columns, specs),
        strategy=strategy,
        next=next_steps(room),
    )  # fmt: skip
    if strategy is None:
        answer.headers[FLEETING] = "advice is still to come"
    return answer


@router.get("/studies/{study_id}/advice")
def advice(front: FrontDep, study_id: str) -> HTMLResponse:
    """The advice alone, for the home page to put in its place."""
    room = front.rooms.room(study_id)
    return front.show("advice.html.j2", room=room, strategy=front.rooms.strategy(study_id))
