"""Regrouping: a segment tree with people moved, segments joined, parted or named anew, still obeying the rules.

No macro or micro segment is left with one person, a part is smaller than what it is a part of, and everybody
stands in one branch. What would break a rule is refused with the reason (BadInput). Deeper segments, for
which no persona is drafted, follow: one that is left with a single person is given up.
"""

from collections.abc import Iterable, Mapping, Sequence

from app.errors import BadInput
from app.models.segment import Member, Segment, SegmentTree, Tail, Uncovered, segment_id

FEWEST = 2


def path_to(tree: SegmentTree, segment: Segment) -> list[Segment]:
    """The segment and what it is a part of, the segment first."""
    path = [segment]
    while parent := tree.get(path[-1].parent_id or ""):
        path.append(parent)
    return path


def move(tree: SegmentTree, people: Sequence[str], target: Segment, why: str) -> SegmentTree:
    """The people in the target and in what it is a part of, and in no other segment."""
    home = {one.id for one in path_to(tree, target)}
    wanted = {
        one.id: set(one.participant_ids) | set(people) if one.id in home else set(one.participant_ids) - set(people)
        for one in tree.segments
    }
    above = tree.get(target.parent_id or "")
    if above and wanted[target.id] >= wanted[above.id]:
        raise BadInput(f"With {_listed(people)}, “{target.name}” would be all of “{above.name}”: nothing would set it "
                       "apart.")  # fmt: skip
    lone = next((one for one in tree.drafted if len(wanted[one.id]) < FEWEST), None)
    if lone:
        raise BadInput(f"{_listed(people)} cannot leave “{lone.name}”: a segment never stands for one person. "
                       "Merge it with another first.")  # fmt: skip
    return tidy(_with_members(tree, wanted, dict.fromkeys(people, why)))


def merge(tree: SegmentTree, parts: Sequence[Segment], name: str) -> SegmentTree:
    """One segment of the people of all the parts, with whatever was below them."""
    if len({(one.parent_id, one.depth, one.tail) for one in parts}) > 1:
        raise BadInput(f"{_named(parts)} do not stand side by side: merge macro segments, or micro segments of one.")
    people = {person for one in parts for person in one.participant_ids}
    parent = tree.get(parts[0].parent_id or "")
    if parent and people >= set(parent.participant_ids):
        raise BadInput(f"{_named(parts)} together are all of “{parent.name}”: nothing would set them apart from it.")
    gone = {one.id for one in parts[1:]}
    kept = [
        one.model_copy(update={"parent_id": parts[0].id}) if one.parent_id in gone else one
        for one in tree.segments
        if one.id not in gone
    ]
    members = sorted((member for one in parts for member in one.members), key=lambda one: one.participant_id)
    joined = [one.model_copy(update={"members": members}) if one.id == parts[0].id else one for one in kept]
    return rename(tidy_all(tree, joined), _same(tidy_all(tree, joined), parts[0], people), name)


def split(tree: SegmentTree, whole: Segment, people: Sequence[str], name: str, why: str) -> SegmentTree:
    """The people as a segment of their own beside the rest of the whole; what lay below follows its people."""
    leaving, staying = set(people), set(whole.participant_ids) - set(people)
    if min(len(leaving), len(staying)) < FEWEST:
        raise BadInput(f"“{whole.name}” cannot be split so: each part needs two people, and {len(leaving)} would leave "
                       f"and {len(staying)} stay.")  # fmt: skip
    _free(tree, name)
    made = whole.model_copy(
        update={
            "id": segment_id(whole.level, whole.depth, leaving),
            "name": name,
            "members": [Member(participant_id=one, weight=1.0, why=why) for one in sorted(leaving)],
        }
    )
    wanted = {one.id: set(one.participant_ids) for one in tree.segments} | {whole.id: staying}
    segments, followed = list[Segment](), set[str]()
    for one in tree.segments:
        below = whole.id in [up.id for up in path_to(tree, one)[1:]]
        if below and wanted[one.id] <= leaving and one.parent_id in {whole.id, *followed}:
            followed.add(one.id)
        elif below:
            wanted[one.id] -= leaving
        goes = one.id in followed and one.parent_id == whole.id
        segments.append(one.model_copy(update={"parent_id": made.id}) if goes else one)
    # What is left of a part after the split may be too little to stay one.
    segments = [one for one in segments if len(wanted[one.id]) >= FEWEST]
    changed = _with_members(tree.model_copy(update={"segments": [*segments, made]}), wanted | {made.id: leaving}, {})
    return tidy(changed)


def leave_out(tree: SegmentTree, why: Mapping[str, str]) -> SegmentTree:
    """The tree without these people, who are uncovered for the reason given."""
    if not why:
        return tree
    wanted = {one.id: set(one.participant_ids) - set(why) for one in tree.segments}
    left = tidy(_with_members(tree, wanted, {}))
    others = [one for one in tree.uncovered if one.participant_id not in why]
    uncovered = [*others, *(Uncovered(participant_id=one, why=reason) for one, reason in why.items())]
    return left.model_copy(update={"uncovered": sorted(uncovered, key=lambda one: one.participant_id)})


def rename(tree: SegmentTree, segment: Segment, name: str) -> SegmentTree:
    if name.casefold() != segment.name.casefold():
        _free(tree, name)
    segments = [one.model_copy(update={"name": name}) if one.id == segment.id else one for one in tree.segments]
    return tree.model_copy(update={"segments": segments})


def tidy(tree: SegmentTree) -> SegmentTree:
    """The tree in order, each segment followed by its parts, under ids that fit its people; parts that are no longer
    smaller than the whole, and deeper segments of one person, are left out."""
    ordered: list[Segment] = []
    for one in tree.segments:
        if tree.get(one.parent_id or "") is None and len(one.members) >= FEWEST:
            ordered += _in_order(tree, one, None)
    covered = {person for one in ordered if one.tail is Tail.HEAD for person in one.participant_ids}
    uncovered = [one for one in tree.uncovered if one.participant_id not in covered]
    return tree.model_copy(update={"segments": ordered, "uncovered": uncovered})


def tidy_all(tree: SegmentTree, segments: Sequence[Segment]) -> SegmentTree:
    return tidy(tree.model_copy(update={"segments": list(segments)}))


def _in_order(tree: SegmentTree, one: Segment, parent: Segment | None) -> list[Segment]:
    made = one.model_copy(
        update={"id": segment_id(one.level, one.depth, one.participant_ids), "parent_id": parent.id if parent else None}
    )
    parts = [part for part in tree.children(one.id) if FEWEST <= len(part.members) < len(one.members)]
    return [made, *(below for part in parts for below in _in_order(tree, part, made))]


def _with_members(tree: SegmentTree, wanted: Mapping[str, set[str]], why: Mapping[str, str]) -> SegmentTree:
    """The segments with the people `wanted`; `why` says for some of them why they are there."""
    segments = []
    for one in tree.segments:
        known = {member.participant_id: member for member in one.members}
        members = [
            Member(participant_id=person, weight=1.0, why=why[person]) if person in why else known[person]
            for person in sorted(wanted[one.id])
        ]
        segments.append(one.model_copy(update={"members": members}))
    return tree.model_copy(update={"segments": segments})


def _same(tree: SegmentTree, segment: Segment, people: set[str]) -> Segment:
    """The segment at the old one's depth that holds exactly these people."""
    return next(one for one in tree.segments if one.depth == segment.depth and set(one.participant_ids) == people)


def _free(tree: SegmentTree, name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in tree.segments):
        raise BadInput(f"There is a segment called “{name}” already. Give another name.")


def _named(segments: Iterable[Segment]) -> str:
    return " and ".join(f"“{one.name}”" for one in segments)


def _listed(people: Sequence[str]) -> str:
    return ", ".join(people)
