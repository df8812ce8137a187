"""Shaping: what people decide about segments and themes, made, listed and taken back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import Field, StringConstraints

from app.access.action import Action
from app.access.permission import You, may
from app.api.context import Bench, Study
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.models.base import Model
from app.models.reshaping import Change, Decision
from app.synthesis.reshaping import Wish
from app.synthesis.shaping import (
    SEGMENTS,
    THEMES,
    decisions_about,
    shape_segments,
    take_back_segments,
    take_back_themes,
)
from app.synthesis.theme_shaping import ThemeWish, shape_themes

router = APIRouter(prefix="/studies/{study}")
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Number = Annotated[int, Path(ge=1, le=10**9, description="The decision's number.")]
Several = Annotated[list[Name], Field(max_length=500)]


class SegmentWish(Model):
    """What is to become of segments; named by their ids or names."""

    change: Literal["axis", "move", "lock", "rename", "merge", "split"] = Field(examples=["rename"])
    segments: Several = Field([], description="The segment meant; for `merge` all that become one; none for `lock`.")
    people: Several = Field([], description="Whom to `move`, `lock` or `split` off.", examples=[["P01"]])
    name: str = Field("", max_length=200, description="The new name; for `axis` an attribute, a code, or `auto`.")


class ThemeShape(Model):
    """What is to become of themes; named by their ids or labels."""

    change: Literal["rename", "merge", "split"] = Field(examples=["rename"])
    themes: Annotated[list[Name], Field(min_length=1, max_length=50)]
    evidence: Several = Field([], description="For `split`: the ids of what is parted off.")
    label: str = Field("", max_length=200, description="The new label.")


@router.get(
    "/segments/decisions", dependencies=[may(Action.READ_STUDY)], tags=["segments"],
    summary="What people decided about segments", responses=responses(404),
)  # fmt: skip
def segment_decisions(bench: Bench, study: Study, piece: Wanted) -> Page[Decision]:
    """In the order they are carried out, on every run; `unmet` says why the last could not."""
    return piece.of(decisions_about(bench, study, SEGMENTS), _number, lambda one: one)


@router.post(
    "/segments/decisions", dependencies=[may(Action.SHAPE)], tags=["segments"], status_code=201,
    summary="Move, lock, rename, merge or split", responses=responses(400, 404, 409),
)  # fmt: skip
def shape_segment(bench: Bench, you: You, study: Study, wish: SegmentWish) -> Decision:
    """Personas stay as they were drafted and are stale where their segment is another now: draft them again."""
    shape_segments(bench, study, [Wish(Change(wish.change), wish.segments, wish.people, wish.name)], you.name)
    return _newest(decisions_about(bench, study, SEGMENTS))


@router.delete(
    "/segments/decisions/{number}", dependencies=[may(Action.SHAPE)], tags=["segments"], status_code=204,
    summary="Take a decision about segments back", responses=responses(404, 409),
)  # fmt: skip
def forget_segments(bench: Bench, study: Study, number: Number) -> None:
    """Segments are then as they would be without it."""
    take_back_segments(bench, study, number)


@router.get(
    "/themes/decisions", dependencies=[may(Action.READ_EVIDENCE)], tags=["themes"],
    summary="What people decided about themes", responses=responses(404),
)  # fmt: skip
def theme_decisions(bench: Bench, study: Study, piece: Wanted) -> Page[Decision]:
    """In the order they are carried out, on every run; `unmet` says why the last could not."""
    return piece.of(decisions_about(bench, study, THEMES), _number, lambda one: one)


@router.post(
    "/themes/decisions", dependencies=[may(Action.SHAPE)], tags=["themes"], status_code=201,
    summary="Rename, merge or split themes", responses=responses(400, 404, 409),
)  # fmt: skip
def shape_theme(bench: Bench, you: You, study: Study, wish: ThemeShape) -> Decision:
    """Personas stay as they were drafted and are stale where they rest on these themes: draft them again."""
    shape_themes(bench, study, [ThemeWish(Change(wish.change), wish.themes, wish.evidence, wish.label)], you.name)
    return _newest(decisions_about(bench, study, THEMES))


@router.delete(
    "/themes/decisions/{number}", dependencies=[may(Action.SHAPE)], tags=["themes"], status_code=204,
    summary="Take a decision about themes back", responses=responses(404, 409),
)  # fmt: skip
def forget_themes(bench: Bench, study: Study, number: Number) -> None:
    """Themes are then as they would be without it."""
    take_back_themes(bench, study, number)


def _number(one: Decision) -> str:
    return str(one.number)


def _newest(decisions: list[Decision]) -> Decision:
    return max(decisions, key=lambda one: one.number)
