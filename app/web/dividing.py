"""Dividing: each segment of the tree with its people and what it says more often than the rest of its parent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.models.field import Level
from app.models.persona import MacroPersona, MicroPersona, Sample
from app.models.reshaping import Change, Decision
from app.models.segment import Lift, Segment
from app.playbook.figures import NodeView, TreeView
from app.playbook.tree import tree
from app.playbook.words import describe, interval, luck, percent
from app.web.rooms import Room

UNNAMED = "without"


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
    parts: int
    beside: list[tuple[str, str]]

    @property
    def anchor(self) -> str:
        return f"g-{self.id}"


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
        parts=len([part for part in room.cast.segments.children(one.id) if part in room.cast.segments.drafted]),
        beside=[(other.id, other.name) for other in _beside(room, one)],
    )


def _beside(room: Room, one: Segment) -> list[Segment]:
    """What it can be merged with: segments that are parts of the same."""
    drafted = room.cast.segments.drafted
    return [
        other for other in drafted if other is not one and (other.parent_id, other.depth) == (one.parent_id, one.depth)
    ]


def picture(room: Room) -> TreeView:
    """The segments as they are now, drawn like the personas that stand for them or will."""
    segments, refs = room.cast.segments, _refs(room)
    stand_ins = [_stand_in(room, one) for one in segments.drafted]
    shown = tree(room.cast.model_copy(update={"personas": stand_ins}), refs)
    places = {f"#p-{ref.lower()}": f"#g-{id}" for id, ref in refs.items()}
    nodes = [_led(node, places) for node in shown.nodes]
    return replace(shown, nodes=nodes)


def _led(node: NodeView, places: Mapping[str, str]) -> NodeView:
    """The box with the place it leads to, and without the number of a segment that has no persona to be called by."""
    y, note = node.note
    title, note = (re.sub(rf"{UNNAMED} \d+ · ", "", text) for text in (node.title, note))
    return replace(node, href=places.get(node.href, node.href), title=title, note=(y, note))


def _refs(room: Room) -> dict[str, str]:
    """What segments are called for short: as the personas that stand for them, or with a number."""
    known = {one.segment_id: room.refs[one.id] for one in room.cast.personas if one.kind in (Level.MACRO, Level.MICRO)}
    unknown = [one.id for one in room.cast.segments.drafted if one.id not in known]
    return known | {id: f"{UNNAMED} {number}" for number, id in enumerate(unknown, 1)}


def _stand_in(room: Room, one: Segment) -> MacroPersona | MicroPersona:
    """As much of a persona as the picture takes, for a segment that may have none yet."""
    sample = Sample(n=len(one.members), participants=one.participant_ids, sources=[])
    values: dict[str, Any] = {"id": one.id, "name": one.name, "sample": sample}
    if one.parent_id:
        return MicroPersona.model_construct(**values, parent_macro_id=one.parent_id)
    return MacroPersona.model_construct(**values)


def homes(room: Room) -> dict[str, str]:
    """Participant → the id of the finest segment they are in that a persona is drafted for."""
    return {person: one.id for one in sorted(room.cast.segments.drafted, key=lambda one: one.depth)
            for person in one.participant_ids}  # fmt: skip


def locked(room: Room, decisions: Sequence[Decision]) -> set[str]:
    """Whom people keep where they are."""
    return {person for one in decisions if one.change in (Change.LOCK, Change.MOVE) for person in one.members}


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
