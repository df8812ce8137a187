"""Dividing: each segment of the tree with its people and what it says more often than the rest of its parent."""

from dataclasses import dataclass

from app.models.segment import Lift, Segment
from app.playbook.words import describe, interval, luck, percent
from app.web.rooms import Room


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: str
    about: str
    weight: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class LiftRow:
    theme_id: str
    label: str
    code: str
    k: int
    n: int
    rest_k: int
    rest_n: int
    lift: str
    interval: str
    luck: str
    may_be_luck: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A segment. `persona` is (reference, id) where one stands for it; `parent` the name of the one above."""

    id: str
    name: str
    level: str
    parent: str
    persona: tuple[str, str] | None
    members: list[MemberRow]
    lifts: list[LiftRow]
    inherited: list[str]


def groups(room: Room) -> list[Group]:
    """The drafted segments, each macro segment before its own."""
    tree = room.cast.segments
    ordered = [one for macro in tree.macros for one in [macro, *tree.children(macro.id)] if one in tree.drafted]
    return [_group(room, one) for one in ordered]


def _group(room: Room, one: Segment) -> Group:
    parent = room.cast.segments.get(one.parent_id or "")
    persona = next((p.id for p in room.cast.personas if p.segment_id == one.id), None)
    return Group(
        id=one.id,
        name=one.name,
        level=one.level,
        parent=parent.name if parent else "",
        persona=(room.refs[persona], persona) if persona else None,
        members=[_member(room, member.participant_id, member.weight, member.why) for member in one.members],
        lifts=[_lift(room, lift) for lift in one.distinctive_needs],
        inherited=[_label(room, theme) for theme in one.inherited_needs],
    )


def _member(room: Room, person: str, weight: float, why: str) -> MemberRow:
    known = room.material.person_by_id.get(person)
    return MemberRow(person, describe(known) if known else "", percent(weight), why, room.source_of.get(person, ""))


def _lift(room: Room, one: Lift) -> LiftRow:
    theme = room.desk.themes.get(one.theme_id)
    return LiftRow(
        theme_id=one.theme_id,
        label=_label(room, one.theme_id),
        code=theme.code if theme else "context",
        k=one.k,
        n=one.n,
        rest_k=one.rest_k,
        rest_n=one.rest_n,
        lift=f"× {one.lift:.1f}",
        interval=interval(one.low, one.high),
        luck=luck(one.by_luck),
        may_be_luck=one.may_be_luck,
    )


def _label(room: Room, theme_id: str) -> str:
    theme = room.desk.themes.get(theme_id)
    return theme.label if theme else theme_id


def outside(room: Room) -> list[MemberRow]:
    """Who is in no segment, and why."""
    return [_member(room, one.participant_id, 0, one.why) for one in room.cast.segments.uncovered]
