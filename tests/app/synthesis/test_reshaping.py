"""People's decisions about segments: understood, carried out, and carried out again on another proposal."""

import pytest
from small_study import segment_of, tree_of

from app.errors import BadInput, NotFound
from app.models.field import Level
from app.models.reshaping import Anchor, Change, Decision, nearest
from app.models.segment import Segment, SegmentTree, Tail, Uncovered
from app.synthesis.regrouping import tidy
from app.synthesis.reshaping import Wish, carry_out, notes_of, replay, understood

PEOPLE = [f"P{number:02}" for number in range(1, 11)]


def macro(name: str, *people: str) -> Segment:
    return segment_of(*people, name=name)


def part(name: str, parent: Segment, *people: str, depth: int = 2) -> Segment:
    tail = Tail.MID if depth == 2 else Tail.LONG
    made = segment_of(*people, level=Level.MICRO, parent=parent.id, name=name)
    return made.model_copy(update={"depth": depth, "tail": tail})


def tree() -> SegmentTree:
    """Left (micros a, b) and Right (micros c, d); a is looked into, P10 is in neither."""
    left, right = macro("Left", *PEOPLE[:5]), macro("Right", *PEOPLE[5:9])
    a = part("a", left, "P01", "P02", "P03")
    deep = part("deep", a, "P01", "P02", depth=3)
    rest = [part("b", left, "P04", "P05"), right, part("c", right, "P06", "P07"), part("d", right, "P08", "P09")]
    made = tree_of(left, a, deep, *rest)
    return tidy(made.model_copy(update={"uncovered": [Uncovered(participant_id="P10", why="unlike the others")]}))


def done(wish: Wish, on: SegmentTree | None = None) -> SegmentTree:
    on = on or tree()
    return carry_out(understood(wish, on, PEOPLE, "ana"), on, PEOPLE)[0]


def people(found: SegmentTree) -> dict[str, str]:
    return {one.name: " ".join(one.participant_ids) for one in found.segments}


def test_somebody_moved_leaves_the_other_branch_and_says_who_placed_them() -> None:
    found = done(Wish(Change.MOVE, ["c"], ["p03"]))
    assert people(found)["c"] == "P03 P06 P07" and people(found)["Right"] == "P03 P06 P07 P08 P09"
    assert people(found)["Left"] == "P01 P02 P04 P05" and people(found)["a"] == "P01 P02"
    assert "deep" not in people(found), "it is no longer a part, but all of a"
    [member] = [one for one in found.segments[-2].members if one.participant_id == "P03"]
    assert member.why == "placed by ana"


def test_somebody_in_no_segment_can_be_placed() -> None:
    found = done(Wish(Change.MOVE, ["Right"], ["P10"]))
    assert "P10" in people(found)["Right"] and found.uncovered == []


@pytest.mark.parametrize(
    ("wish", "error", "said"),
    [
        (Wish(Change.MOVE, ["a"], ["P04"]), BadInput, "“b”: a segment never stands for one person"),
        (Wish(Change.MOVE, ["nowhere"], ["P01"]), NotFound, "Segments are"),
        (Wish(Change.MOVE, ["a"], ["P99"]), NotFound, "no participant called “P99”"),
        (Wish(Change.LOCK, people=["P10"]), BadInput, "in no segment"),
        (Wish(Change.RENAME, ["a"], name="LEFT"), BadInput, "already"),
        (Wish(Change.MERGE, ["a", "b"], name="ab"), BadInput, "all of “Left”"),
        (Wish(Change.MERGE, ["a", "c"], name="ac"), BadInput, "side by side"),
        (Wish(Change.SPLIT, ["Left"], ["P01"], "one"), BadInput, "each part needs two"),
        (Wish(Change.SPLIT, ["Left"], ["P01", "P02"], ""), BadInput, "needs a name"),
    ],
    ids=["leaves one alone", "unknown segment", "unknown person", "locked nowhere", "name taken", "merged to the whole",
         "merged across", "split to one", "split without a name"],
)  # fmt: skip
def test_what_would_break_a_rule_is_refused_with_the_reason(wish: Wish, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        done(wish)


def test_merged_macros_keep_the_micros_of_both() -> None:
    found = done(Wish(Change.MERGE, ["Left", "Right"], name="All"))
    assert [one.name for one in found.segments] == ["All", "a", "deep", "b", "c", "d"]
    assert people(found)["All"] == " ".join(PEOPLE[:9])


def test_what_lay_below_a_split_segment_follows_its_people() -> None:
    found = done(Wish(Change.SPLIT, ["Left"], ["P03", "P04", "P05"], "New"))
    assert people(found)["New"] == "P03 P04 P05" and people(found)["Left"] == "P01 P02"
    [new] = [one for one in found.segments if one.name == "New"]
    assert [one.name for one in found.children(new.id)] == ["b"]
    assert "a" not in people(found), "what stays of it is all of Left"


def test_ids_fit_the_people_whatever_way_they_came_together() -> None:
    there = done(Wish(Change.MOVE, ["c"], ["P03"]))
    back = done(Wish(Change.MOVE, ["a"], ["P03"]), there)
    assert {one.name: one.id for one in back.segments if one.name != "deep"} == {
        one.name: one.id for one in tree().segments if one.name != "deep"
    }


def another() -> SegmentTree:
    """What a later run proposes: Left under another name and without P05, Right without micro segments."""
    left = macro("Leftish", "P01", "P02", "P03", "P04")
    right = macro("Right", *PEOPLE[4:9])
    return tidy(tree_of(left, part("aa", left, "P01", "P02"), part("bb", left, "P03", "P04"), right))


def test_a_decision_is_carried_out_on_what_shares_most_with_what_was_meant() -> None:
    decisions = [
        understood(Wish(Change.RENAME, ["Left"], name="Mine"), tree(), PEOPLE, "ana"),
        understood(Wish(Change.MOVE, ["Left"], ["P09"]), tree(), PEOPLE, "ana"),
    ]
    found, kept = replay(another(), decisions, PEOPLE)
    assert people(found)["Mine"] == "P01 P02 P03 P04 P09"
    assert notes_of(kept) == []


def test_what_cannot_be_carried_out_is_kept_and_says_why() -> None:
    decisions = [
        understood(Wish(Change.RENAME, ["d"], name="Mine"), tree(), PEOPLE, "ana"),
        understood(Wish(Change.LOCK, people=["P09"]), tree(), PEOPLE, "ana"),
    ]
    found, kept = replay(another(), decisions, PEOPLE)
    assert len(kept) == 2 and people(found) == people(another())
    assert notes_of(kept)[0].startswith("Not as decided: “d” renamed “Mine”, by ana: nobody of “d”")
    assert "“Right” is all that is left of “d”" in notes_of(kept)[1]


def test_merging_what_a_run_has_joined_by_itself_only_names_it() -> None:
    decision = understood(Wish(Change.MERGE, ["Left", "Right"], name="All"), tree(), PEOPLE, "ana")
    joined = tidy(tree_of(macro("Everybody", *PEOPLE[:9])))
    assert people(carry_out(decision, joined, PEOPLE)[0]) == {"All": " ".join(PEOPLE[:9])}


def test_an_anchor_with_nobody_left_means_nothing() -> None:
    assert nearest(Anchor(name="x", place="", members=["P77"]), [("s", {"P01"})]) is None
    assert nearest(Anchor(name="x", place="", members=["P01"]), [("s", {"P01", "P02"}), ("t", {"P01"})]) == "t"


def test_a_decision_without_somebody_holds_no_trace_of_them() -> None:
    decision = understood(Wish(Change.MOVE, ["c"], ["P03", "P04"]), tree(), PEOPLE, "ana")
    cleaned = decision.without({"P03", "P06"})
    assert cleaned.members == ["P04"] and not cleaned.names({"P03", "P06"})
    assert decision.names({"P06"}) and isinstance(cleaned, Decision)
