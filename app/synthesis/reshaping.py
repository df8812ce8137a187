"""Reshaping: what people decided about segments, understood once and carried out on every run.

`understood` turns what somebody asks for now, by the names they see, into a decision that remembers what was in the
segments named; `replay` carries decisions out on a fresh proposal, each on the segment that shares most people with
the one that was meant. What cannot be carried out is kept, and says why.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.errors import BadInput, DramatisError, NotFound
from app.models.reshaping import Anchor, Change, Decision, nearest
from app.models.segment import Segment, SegmentTree
from app.synthesis import regrouping

ABOUT = "segment"


ONE, NONE, SOME, TWO_OR_MORE = range(1, 2), range(1), range(1, 10_000), range(2, 10_000)
NAMED = {ONE: "name one segment", NONE: "name no segment", TWO_OR_MORE: "name two segments or more"}
PEOPLE = {ONE: "name one person", NONE: "name nobody", SOME: "name the people you mean"}
# How many segments and how many people each change speaks of.
SAYS: dict[Change, tuple[range, range]] = {
    Change.MOVE: (ONE, SOME),
    Change.LOCK: (NONE, ONE),
    Change.RENAME: (ONE, NONE),
    Change.MERGE: (TWO_OR_MORE, NONE),
    Change.SPLIT: (ONE, SOME),
}


class Wish(NamedTuple):
    """What somebody asks for: segments and people as they call them, and the new name where there is one."""

    change: Change
    segments: Sequence[str] = ()
    people: Sequence[str] = ()
    name: str = ""


def understood(wish: Wish, tree: SegmentTree, interviewed: Sequence[str], by: str) -> Decision:
    """The wish as a decision. Raises NotFound for a segment or participant nobody knows, BadInput for an empty name."""
    _says_enough(wish)
    people = [find_person(one, interviewed) for one in wish.people]
    if wish.change is Change.LOCK:
        anchors = _where_now(tree, people[0])
    else:
        named = [find_segment(one, tree) for one in wish.segments]
        anchors = [_anchor(one, people if wish.change is Change.MOVE else []) for one in named]
        if wish.change is Change.MOVE:
            anchors += [_anchor(one, people) for one in regrouping.path_to(tree, named[0])[1:]]
    if wish.change in (Change.RENAME, Change.MERGE, Change.SPLIT) and not wish.name.strip():
        raise BadInput("A segment needs a name. Give it one.")
    return Decision(about=ABOUT, change=wish.change, anchors=anchors, members=people, name=wish.name.strip(), by=by)


def _says_enough(wish: Wish) -> None:
    """BadInput unless it names as many segments and people as such a change takes."""
    segments, people = SAYS[wish.change]
    if len(wish.segments) not in segments:
        raise BadInput(f"To {wish.change}, {NAMED[segments]}.")
    if len(wish.people) not in people:
        raise BadInput(f"To {wish.change}, {PEOPLE[people]}.")


def replay(
    tree: SegmentTree, decisions: Sequence[Decision], interviewed: Sequence[str]
) -> tuple[SegmentTree, list[Decision]]:
    """The tree with the decisions carried out in their order, and the decisions with what could not be."""
    kept: list[Decision] = []
    for one in decisions:
        unmet = ""
        if one.change is not Change.AXIS:
            try:
                tree, unmet = carry_out(one, tree, interviewed)
            except DramatisError as error:
                unmet = str(error)
        kept.append(one.model_copy(update={"unmet": unmet or (one.unmet if one.change is Change.AXIS else "")}))
    return tree, kept


def carry_out(decision: Decision, tree: SegmentTree, interviewed: Sequence[str]) -> tuple[SegmentTree, str]:
    """The tree as decided, and what of it could be done in part only; raises where nothing can be done."""
    people = [find_person(one, interviewed) for one in decision.members]
    if decision.change in (Change.MOVE, Change.LOCK):
        return _placed(decision, tree, people)
    meant = [_meant(anchor, tree) for anchor in decision.anchors]
    if decision.change is Change.RENAME:
        return regrouping.rename(tree, meant[0], decision.name), ""
    if decision.change is Change.MERGE:
        apart = list({one.id: one for one in meant}.values())
        # A run may have joined them by itself: then only the name is left to be given.
        if len(apart) == 1:
            return regrouping.rename(tree, apart[0], decision.name), ""
        return regrouping.merge(tree, apart, decision.name), ""
    return _split(decision, tree, meant[0], people)


def _placed(decision: Decision, tree: SegmentTree, people: Sequence[str]) -> tuple[SegmentTree, str]:
    """The people in the segment meant, or else in the nearest above it that is still there."""
    verb = "placed" if decision.change is Change.MOVE else "locked"
    for place, anchor in enumerate(decision.anchors):
        found = nearest(anchor, _at(anchor.place, tree, without=people))
        if found:
            target = next(one for one in tree.segments if one.id == found)
            unmet = f"“{anchor.name}” is all that is left of “{decision.anchors[0].name}”" if place else ""
            return regrouping.move(tree, people, target, f"{verb} by {decision.by}"), unmet
    named = decision.anchors[0].name if decision.anchors else "no segment"
    raise BadInput(f"nobody of “{named}” is in a segment any more")


def _split(decision: Decision, tree: SegmentTree, whole: Segment, people: Sequence[str]) -> tuple[SegmentTree, str]:
    inside = [one for one in people if one in whole.participant_ids]
    if set(inside) == set(whole.participant_ids):
        return regrouping.rename(tree, whole, decision.name), ""
    outside = ", ".join(one for one in people if one not in inside)
    why = f"placed by {decision.by}"
    return regrouping.split(tree, whole, inside, decision.name, why), f"{outside} stays elsewhere" if outside else ""


def find_segment(wanted: str, tree: SegmentTree) -> Segment:
    """The segment with this id or name, or the only one whose name holds the words; else NotFound."""
    said = wanted.strip().casefold()
    exact = [one for one in tree.segments if said in (one.id, one.name.casefold())]
    found = exact or [one for one in tree.segments if said and said in one.name.casefold()]
    if len(found) == 1:
        return found[0]
    known = "; ".join(one.name for one in found or tree.segments)
    raise NotFound("single segment" if found else "segment", wanted, f"Segments are: {known}")


def find_person(wanted: str, interviewed: Sequence[str]) -> str:
    """The participant's id as it is written; NotFound where they took no part in an interview."""
    for one in interviewed:
        if one.casefold() == wanted.strip().casefold():
            return one
    raise NotFound("participant", wanted, f"Participants are {', '.join(interviewed)}")


def notes_of(decisions: Sequence[Decision]) -> list[str]:
    """One sentence for each decision that could not be carried out, or in part only."""
    return [f"Not as decided: {told(one)}: {one.unmet.rstrip('.')}." for one in decisions if one.unmet]


def told(one: Decision) -> str:
    """The decision in words: “P01 moved to “Time-poor manager”, by ana”."""
    names = " and ".join(f"“{anchor.name}”" for anchor in one.anchors)
    first = f"“{one.anchors[0].name}”" if one.anchors else ""
    people = ", ".join(one.members)
    words = {
        Change.AXIS: f"parted by {one.name}",
        Change.MOVE: f"{people} moved to {first}",
        Change.LOCK: f"{people} locked in {first}",
        Change.RENAME: f"{first} renamed “{one.name}”",
        Change.MERGE: f"{names} merged as “{one.name}”",
        Change.SPLIT: f"{people} split from {first} as “{one.name}”" if one.about == ABOUT else f"{first} split",
    }
    return f"{words[one.change]}, by {one.by}"


def _where_now(tree: SegmentTree, person: str) -> list[Anchor]:
    """The person's segments as anchors, the finest that a persona is drafted for first."""
    homes = [one for one in tree.drafted if person in one.participant_ids]
    if not homes:
        raise BadInput(f"{person} is in no segment to be locked in. Place them with --move {person}=SEGMENT.")
    return [_anchor(one, [person]) for one in sorted(homes, key=lambda one: -one.depth)]


def _anchor(segment: Segment, without: Sequence[str]) -> Anchor:
    members = [one for one in segment.participant_ids if one not in without]
    return Anchor(name=segment.name, place=_place(segment), members=members or segment.participant_ids)


def _place(segment: Segment) -> str:
    """Segments are compared with those of their own depth; pairs outside the macro segments with such pairs."""
    return f"{segment.level} {segment.depth}"


def _meant(anchor: Anchor, tree: SegmentTree) -> Segment:
    found = tree.get(nearest(anchor, _at(anchor.place, tree)) or "")
    if found is None:
        raise BadInput(f"nobody of “{anchor.name}” is in a segment any more")
    return found


def _at(place: str, tree: SegmentTree, without: Sequence[str] = ()) -> list[tuple[str, set[str]]]:
    here = [one for one in tree.segments if _place(one) == place]
    return [(one.id, set(one.participant_ids) - set(without)) for one in here]
