"""Leave one out: an engine that always finds the same groups scores 1, one whose groups hang on everybody less."""

from app.engines.base import Profile
from app.models.field import Level
from app.models.segment import Member, Segment, SegmentTree, Tail
from evals.leave_one_out import leave_one_out
from retrieval.evidence import Participant

PEOPLE = [Profile(participant=Participant(id=f"P{number}"), evidence=[]) for number in range(8)]


class Halves:
    """Parts people by their number; `fickle` by whether they are many."""

    def __init__(self, fickle: bool):
        self.fickle = fickle

    def propose_segments(self, profiles: list[Profile], themes: list[object]) -> SegmentTree:
        ids = [one.participant.id for one in profiles]
        odd = self.fickle and len(ids) < len(PEOPLE)
        left = [one for one in ids if (int(one[1:]) % 2 if odd else int(one[1:]) < 4)]
        macros = [segment(part) for part in (left, [one for one in ids if one not in left])]
        micros = [segment(one.participant_ids[:2], one.id) for one in macros]
        return SegmentTree(segments=[*macros, *micros], method="by number")


def segment(people: list[str], parent: str | None = None) -> Segment:
    members = [Member(participant_id=one, weight=1, why="") for one in people]
    level, tail = (Level.MICRO, Tail.MID) if parent else (Level.MACRO, Tail.HEAD)
    return Segment(id=f"{level}{people}", parent_id=parent, level=level, tail=tail, name="x", definition=[],
                   members=members)  # fmt: skip


def test_groups_that_hang_on_nobody_score_higher_than_groups_that_hang_on_everybody() -> None:
    fickle = leave_one_out(PEOPLE, [], Halves(fickle=True))  # type: ignore[arg-type]
    steady = leave_one_out(PEOPLE, [], Halves(fickle=False))  # type: ignore[arg-type]
    assert fickle is not None and steady is not None and fickle < 0.5 < steady


def test_two_people_cannot_be_left_out() -> None:
    assert leave_one_out(PEOPLE[:2], [], Halves(fickle=False)) is None  # type: ignore[arg-type]
