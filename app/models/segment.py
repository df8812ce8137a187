"""Segment: a node of the tree macro → micro → deeper, and the tree itself."""

from collections.abc import Iterable
from enum import StrEnum

from app.models.base import Model
from app.models.field import Level
from retrieval.evidence import stable_id


class Tail(StrEnum):
    """Which part of a market a segment stands for: its head (macro), its middle (micro), or the long tail of groups
    that are too fine, or too far from the others, for a persona of their own."""

    HEAD = "head"
    MID = "mid"
    LONG = "long"


def tail_of(depth: int) -> Tail:
    """Where a segment of this depth belongs: a macro segment (1), a micro segment (2), or deeper."""
    return {1: Tail.HEAD, 2: Tail.MID}.get(depth, Tail.LONG)


class Predicate(Model):
    """One testable part of a segment's definition: an attribute, code or theme, and its value."""

    kind: str  # attribute | code | theme
    name: str
    operator: str
    value: str


class Member(Model):
    """`weight` is how well the person fits (0 to 1), `why` the reason in words."""

    participant_id: str
    weight: float
    why: str


class Lift(Model):
    """How much more often a theme is said here (`k` of `n`) than in the rest of the parent.

    `lift` is the ratio of the two shares with half a person added to each count, `low` and `high` its
    interval of 95 % (None where it was made by an earlier version); `by_luck` the one-sided p-value of
    Fisher's exact test.
    """

    theme_id: str
    k: int
    n: int
    rest_k: int
    rest_n: int
    lift: float
    by_luck: float
    low: float | None = None
    high: float | None = None

    @property
    def may_be_luck(self) -> bool:
        """Whether a ratio of 1, which is no difference, lies inside the interval."""
        return self.low is not None and self.high is not None and self.low <= 1 <= self.high


class Segment(Model):
    """`depth` counts from 1, a macro segment. A micro segment's parts stand deeper than 2; a pair that fits no macro
    segment has no parent and is of the long tail too. Personas are drafted for the head and the middle only."""

    id: str
    parent_id: str | None
    level: Level
    depth: int = 1
    tail: Tail = Tail.HEAD
    name: str
    definition: list[Predicate]
    members: list[Member]
    distinctive_needs: list[Lift] = []
    inherited_needs: list[str] = []

    @property
    def participant_ids(self) -> list[str]:
        return [member.participant_id for member in self.members]


def segment_id(level: Level, depth: int, people: Iterable[str]) -> str:
    """The id of the segment of these people: the same whenever it is made."""
    return stable_id("seg", level, *([depth] if depth > 2 else []), *sorted(people))


class Uncovered(Model):
    """A participant in no segment, and why."""

    participant_id: str
    why: str


class SegmentTree(Model):
    """`notes` say which of the decisions people made could not be carried out; `demographic` names the attribute of
    that kind by which the user wished the people to be parted."""

    segments: list[Segment]
    uncovered: list[Uncovered] = []
    method: str
    notes: list[str] = []
    demographic: str = ""

    @property
    def macros(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.level is Level.MACRO]

    @property
    def drafted(self) -> list[Segment]:
        """The segments that personas are drafted for."""
        return [segment for segment in self.segments if segment.tail is not Tail.LONG]

    def children(self, segment_id: str) -> list[Segment]:
        return [segment for segment in self.segments if segment.parent_id == segment_id]

    def get(self, segment_id: str) -> Segment | None:
        return next((segment for segment in self.segments if segment.id == segment_id), None)
