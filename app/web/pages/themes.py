"""Themes: who says what, as a heat map and by code; and their shaping: named, merged, parted, each taken back."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.access.action import Action
from app.access.permission import may
from app.errors import BadInput, NotFound
from app.models.reshaping import Change
from app.models.theme import Theme
from app.playbook.heat import heat
from app.synthesis.reshaping import told
from app.synthesis.shaping import THEMES, decisions_about, take_back_themes
from app.synthesis.theme_shaping import ThemeWish, shape_themes
from app.web.front import Front, FrontDep, Ours, RoomDep, is_partial
from app.web.rooms import Room

router = APIRouter(prefix="/studies/{study_id}/themes")
Several = Annotated[list[str], Form()]


@router.get("", dependencies=[may(Action.READ_EVIDENCE)])
def themes(front: FrontDep, room: RoomDep, done: int = 0) -> HTMLResponse:
    """`done` is the decision that was just made; the page offers to take it back."""
    return _page(front, room, done=done)


def _page(
    front: Front, room: Room, *, shape: str = "", done: int = 0, notice: str = "", status: int = 200
) -> HTMLResponse:
    decisions = decisions_about(front.bench, room.study_id, THEMES)
    return front.show_in(
        room, "themes.html.j2", here="themes", status=status,
        heat=heat(room.cast, room.material.evidence, room.refs), themes=in_order(room), notice=notice,
        decisions=[(one, told(one)) for one in reversed(decisions)],
        done=next((one for one in decisions if one.number == done), None),
        theme=room.desk.themes.get(shape), alike=alike(room, shape), said=said(room, shape),
    )  # fmt: skip


def in_order(room: Room) -> list[Theme]:
    """Most widely shared first."""
    return sorted(room.cast.themes, key=lambda theme: (-theme.k, theme.label))


def alike(room: Room, theme_id: str) -> list[Theme]:
    """What a theme can be merged with: others that are evidence of the same code."""
    own = room.desk.themes.get(theme_id)
    return [one for one in in_order(room) if own and one.code == own.code and one is not own]


def said(room: Room, theme_id: str) -> list[tuple[str, str, str]]:
    """What a theme is made of, clearest first: each piece's id, who said it, and their words."""
    own = room.desk.themes.get(theme_id)
    found = [room.material.by_id[one] for one in own.evidence_ids if one in room.material.by_id] if own else []
    return [(one.id, one.participant_id, one.quote.text) for one in found]


@router.get("/{theme_id}/shape", dependencies=[may(Action.SHAPE)])
def shape(request: Request, front: FrontDep, room: RoomDep, theme_id: str) -> HTMLResponse:
    """The forms to name, merge and split a theme; the whole page where no script puts them in their place."""
    if theme_id not in room.desk.themes:
        raise NotFound("theme", theme_id, "It may have been shaped anew since: open the page again")
    if not is_partial(request):
        return _page(front, room, shape=theme_id)
    return front.show(
        "shape_theme.html.j2", room=room, theme=room.desk.themes[theme_id],
        alike=alike(room, theme_id), said=said(room, theme_id),
    )  # fmt: skip


@router.post("/decisions", dependencies=[may(Action.SHAPE), Ours])
def decide(
    front: FrontDep, room: RoomDep, change: Annotated[str, Form()],
    theme: Several, evidence: Several = [], label: Annotated[str, Form(max_length=200)] = "",  # noqa: B006
) -> Response:  # fmt: skip
    """Carry a decision out; one that would break a rule is refused on the page, in words."""
    if change not in (Change.RENAME, Change.MERGE, Change.SPLIT):
        raise BadInput(f"“{change}” is nothing that can be done with themes.")
    try:
        shape_themes(front.bench, room.study_id, [ThemeWish(Change(change), theme, evidence, label)], front.you.name)
    except (BadInput, NotFound) as error:
        return _page(front, room, notice=str(error), status=422)
    newest = max(one.number for one in decisions_about(front.bench, room.study_id, THEMES))
    return RedirectResponse(f"{room.links.study}/themes?done={newest}", status_code=303)


@router.post("/decisions/{number}/take-back", dependencies=[may(Action.SHAPE), Ours])
def take_back(front: FrontDep, room: RoomDep, number: int) -> RedirectResponse:
    take_back_themes(front.bench, room.study_id, number)
    return RedirectResponse(f"{room.links.study}/themes#decisions", status_code=303)
