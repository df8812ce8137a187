"""Regrouping: who is left out is in no segment, and the tree says why."""

from small_study import segment_of, tree_of

from app.models.field import Level
from app.models.segment import SegmentTree
from app.synthesis.regrouping import leave_out

CORE = segment_of("P1", "P2", "P3", "P4", name="Core")
PAIR = segment_of("P1", "P2", level=Level.MICRO, parent=CORE.id, name="Pair")
REST = segment_of("P3", "P4", level=Level.MICRO, parent=CORE.id, name="Rest")
TREE = tree_of(CORE, PAIR, REST)


def people(tree: SegmentTree) -> dict[str, list[str]]:
    return {one.name: one.participant_ids for one in tree.segments}


def test_who_is_left_out_leaves_every_segment_and_a_segment_of_one_goes() -> None:
    tree = leave_out(TREE, {"P1": "a poor fit: unpaid invoices"})
    assert people(tree) == {"Core": ["P2", "P3", "P4"], "Rest": ["P3", "P4"]}
    assert [(one.participant_id, one.why) for one in tree.uncovered] == [("P1", "a poor fit: unpaid invoices")]


def test_nobody_left_out_changes_nothing() -> None:
    assert leave_out(TREE, {}) == TREE
