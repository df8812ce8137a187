"""Front: what every page is made with, and how a page is answered."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse

from app.errors import Forbidden
from app.web.door import TOKEN_HEADER, Keys
from app.web.rooms import Room, Rooms
from app.web.templating import page
from app.workbench import Workbench


@dataclass(frozen=True)
class Front:
    bench: Workbench
    rooms: Rooms
    keys: Keys

    def show(self, template: str, *, status: int = 200, **view: Any) -> HTMLResponse:
        """A page that belongs to no study."""
        return HTMLResponse(page(template, csrf=self.keys.csrf, **view), status_code=status)

    def show_in(self, room: Room, template: str, *, here: str, **view: Any) -> HTMLResponse:
        """A page of a study; `here` is its place in the navigation."""
        return self.show(template, room=room, here=here, engine=self.bench.engine.name, **view)


def front_of(request: Request) -> Front:
    front: Front = request.app.state.front
    return front


FrontDep = Annotated[Front, Depends(front_of)]


def ours(request: Request, front: FrontDep, csrf: Annotated[str, Form()] = "") -> None:
    """Forbidden unless the form carries the token of this start, in its field or as a header."""
    if not front.keys.is_csrf(request.headers.get(TOKEN_HEADER) or csrf):
        raise Forbidden("This form is from an earlier start of the workbench. Reload the page and send it again.")


Ours = Depends(ours)


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of the page only."""
    return request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers
