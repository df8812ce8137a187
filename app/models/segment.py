"""Segment: a node of the tree macro → micro → deeper, and the tree itself."""

from app.models.base import Model
from app.models.field import Level


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

    `lift` is the ratio of the two shares with half a person added to each count; `by_luck` the
    one-sided p-value of Fisher's exact test.
    """

    theme_id: str
    k: int
    n: int
    rest_k: int
    rest_n: int
    lift: float
    by_luck: float


class Segment(Model):
    id: str
    parent_id: str | None
    level: Level
    name: str
    definition: list[Predicate]
    members: list[Member]
    distinctive_needs: list[Lift] = []
    inherited_needs: list[str] = []

    @property
    def participant_ids(self) -> list[str]:
        return [member.participant_id for member in self.members]


class Uncovered(Model):
    """A participant in no segment, and why."""

    participant_id: str
    why: str


class SegmentTree(Model):
    segments: list[Segment]
    uncovered: list[Uncovered] = []
    method: str

    @property
    def macros(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.level is Level.MACRO]

    def children(self, segment_id: str) -> list[Segment]:
        return [segment for segment in self.segments if segment.parent_id == segment_id]

    def get(self, segment_id: str) -> Segment | None:
        return next((segment for segment in self.segments if segment.id == segment_id), None)
