"""Front: what every page is made with for whoever asks, and how a page is answered."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse

from app.access.permission import You
from app.access.principal import Principal
from app.errors import Conflict, Forbidden
from app.jobs.desk import JobDesk
from app.models.job import Job
from app.web.door import TOKEN_HEADER, same
from app.web.rooms import Room, Rooms
from app.web.templating import page
from app.workbench import Workbench


@dataclass(frozen=True)
class House:
    """What all requests share. Without a desk nothing long can be started."""

    bench: Workbench
    rooms: Rooms
    desk: JobDesk | None = None


@dataclass(frozen=True)
class Front:
    """The house as one person meets it. `csrf` is the token of their forms."""

    house: House
    you: Principal
    csrf: str

    @property
    def bench(self) -> Workbench:
        return self.house.bench

    @property
    def rooms(self) -> Rooms:
        return self.house.rooms

    @property
    def desk(self) -> JobDesk:
        """The job desk; Conflict where this workbench was started without one."""
        if self.house.desk is None:
            raise Conflict("This workbench was started without a job desk. Start it with: dramatis serve")
        return self.house.desk

    def under_way(self, study_id: str) -> list[Job]:
        """The study's jobs that wait or run; none where there is no desk to start one at."""
        return self.house.desk.under_way(study_id) if self.house.desk else []

    def show(self, template: str, *, status: int = 200, **view: Any) -> HTMLResponse:
        """A page that belongs to no study."""
        return HTMLResponse(page(template, csrf=self.csrf, you=self.you, **view), status_code=status)

    def show_in(self, room: Room, template: str, *, here: str, **view: Any) -> HTMLResponse:
        """A page of a study; `here` is its place in the navigation."""
        return self.show(template, room=room, here=here, engine=self.bench.engine.name, **view)


def front_of(request: Request, you: You) -> Front:
    return Front(request.app.state.house, you, request.state.csrf)


FrontDep = Annotated[Front, Depends(front_of)]


def room_of(front: FrontDep, study_id: str) -> Room:
    """The study as whoever asks may see it; NotFound where there is none."""
    return front.rooms.room(study_id, front.you.sight)


RoomDep = Annotated[Room, Depends(room_of)]


def ours(request: Request, front: FrontDep, csrf: Annotated[str, Form()] = "") -> None:
    """Forbidden unless the form carries its token, in its field or as a header."""
    if not same(request.headers.get(TOKEN_HEADER) or csrf, front.csrf):
        raise Forbidden(
            "This form is from an earlier start of the workbench or an earlier login. Reload the page, send it again."
        )


Ours = Depends(ours)


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of the page only."""
    return request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers
