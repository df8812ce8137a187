"""Segments by clustering: macro by role and by how people talk, micro by how they talk beside those of their kind.

Each participant becomes a row: what they declared of their role, and how alike they talk (`affinity`), with equal
weight; inside a macro segment, where roles are alike, by talk alone. How many: the number with the best silhouette
(Rousseeuw 1987) that stays the same when people are left out (Ben-Hur et al. 2002). A large micro segment is
looked into in the same way, as deep as it goes.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engines.affinity import talk_rows
from app.engines.base import Profile
from app.engines.clusters import best_clusters
from app.engines.naming import Situations, name_segments, role_of, role_text, situations_of
from app.models.field import Level
from app.models.segment import Member, Segment, SegmentTree, Tail, Uncovered, segment_id, tail_of
from retrieval.embedder import Embedder

Matrix = NDArray[np.float64]
Groups = list[list[Profile]]

# Somebody of whom fewer sentences were coded cannot be placed.
FEWEST_EVIDENCE = 3
SMALLEST_MACRO, SMALLEST_MICRO = 3, 2
# A micro segment of fewer is not looked into: its parts would be pairs and single people.
FEWEST_TO_PART = 6
METHOD = "local: clustering of role and of how people talk; number of groups by silhouette and stability"


class Branch(NamedTuple):
    """A group of people and the groups it falls into."""

    people: list[Profile]
    parts: list["Branch"]


def propose_segments(profiles: Sequence[Profile], embedder: Embedder, seed: int) -> SegmentTree:
    """The tree for the profiles. Deterministic for equal input and seed."""
    heard = [profile for profile in profiles if len(profile.evidence) >= FEWEST_EVIDENCE]
    silent = [profile.participant.id for profile in profiles if len(profile.evidence) < FEWEST_EVIDENCE]
    uncovered = [Uncovered(participant_id=one, why="said too little to be placed") for one in silent]
    macros, apart = _macros(heard, embedder, seed)
    uncovered += [
        Uncovered(participant_id=one.participant.id, why="unlike the others: fits no group of three or more")
        for group in apart
        for one in group
    ]
    branches = [_branch(group, embedder, seed) for group in macros]
    pairs = [group for group in apart if len(group) >= SMALLEST_MICRO]
    return SegmentTree(
        segments=_named(heard, branches, embedder, pairs),
        uncovered=sorted(uncovered, key=lambda one: one.participant_id),
        method=METHOD,
    )


def propose_inside(
    groups: Sequence[Sequence[str]], profiles: Sequence[Profile], embedder: Embedder, seed: int
) -> list[Segment]:
    """Segments where the macro segments are given, as ids of participants: micro segments and deeper are found."""
    known = {profile.participant.id: profile for profile in profiles}
    branches = [_branch([known[one] for one in group], embedder, seed) for group in groups]
    return _named([profile for branch in branches for profile in branch.people], branches, embedder)


def propose_parts(
    parent: Segment,
    profiles: Sequence[Profile],
    embedder: Embedder,
    seed: int,
    taken: Sequence[str] = (),
) -> list[Segment]:
    """What a micro segment falls into, under names that are not `taken`; nothing where it does not fall apart."""
    group = [profile for profile in profiles if profile.participant.id in parent.participant_ids]
    branch = Branch(group, _deeper(group, embedder, seed))
    _, parts = _contrasts(group, [Branch(group, [branch])])
    if not parts:
        return []
    names = _names(parts, situations_of(group, embedder), taken)
    named = {id(part): name for (part, _), name in zip(parts, names, strict=True)}
    return [one for part in branch.parts for one in _segments(part, parent, named)]


def _branch(group: list[Profile], embedder: Embedder, seed: int) -> Branch:
    """A macro segment with its micro segments and what these fall into."""
    micros = _micros(group, embedder, seed)
    return Branch(group, [Branch(micro, _deeper(micro, embedder, seed)) for micro in micros])


def _deeper(group: list[Profile], embedder: Embedder, seed: int) -> list[Branch]:
    """The parts of a large micro segment and theirs; none where it does not fall apart."""
    if len(group) < FEWEST_TO_PART:
        return []
    parts = _micros(group, embedder, seed)
    return [Branch(part, _deeper(part, embedder, seed)) for part in parts]


def _macros(heard: list[Profile], embedder: Embedder, seed: int) -> tuple[Groups, Groups]:
    """Groups of three or more, largest first, and smaller ones."""
    if len(heard) < SMALLEST_MACRO:
        return [], [[profile] for profile in heard]
    if len(heard) < 2 * SMALLEST_MACRO:
        return [heard], []
    rows = np.hstack([_roles(heard, embedder), _talk(heard, embedder)])
    labels = best_clusters(rows, smallest=SMALLEST_MACRO, most=min(6, len(heard) // 4), seed=seed)
    groups = _groups(heard, labels)
    return [one for one in groups if len(one) >= SMALLEST_MACRO], [one for one in groups if len(one) < SMALLEST_MACRO]


def _micros(group: list[Profile], embedder: Embedder, seed: int) -> list[list[Profile]]:
    """Groups of two or more inside a macro segment; none where it does not fall apart."""
    if len(group) < 2 * SMALLEST_MICRO:
        return []
    rows = _talk(group, embedder)
    labels = best_clusters(rows, smallest=SMALLEST_MICRO, most=max(2, len(group) // 3), seed=seed)
    groups = [one for one in _groups(group, labels) if SMALLEST_MICRO <= len(one) < len(group)]
    return groups


def _groups(profiles: Sequence[Profile], labels: NDArray[np.intp]) -> list[list[Profile]]:
    groups = [[p for p, own in zip(profiles, labels, strict=True) if own == label] for label in sorted(set(labels))]
    return sorted(groups, key=lambda one: (-len(one), one[0].participant.id))


def _roles(profiles: Sequence[Profile], embedder: Embedder) -> Matrix:
    """(participants, dimensions): the vector of what they declared of their role; zero where nothing is."""
    texts = [role_text(profile) for profile in profiles]
    vectors = embedder.encode(texts).astype(np.float64)
    vectors[[not text for text in texts]] = 0.0
    return _centred(vectors)


def _talk(profiles: Sequence[Profile], embedder: Embedder) -> Matrix:
    """(participants, dimensions): how they talk, of unit length on average."""
    rows = talk_rows([profile.evidence for profile in profiles], embedder)
    length = np.sqrt(np.square(rows).sum(axis=1).mean())
    together: Matrix = rows / max(float(length), 1e-9)
    return together


def _centred(rows: Matrix) -> Matrix:
    """Less the mean of those who said something, unit length; silence stays at the origin."""
    said = np.linalg.norm(rows, axis=1) > 0
    if not said.any():
        return rows
    moved = rows.copy()
    moved[said] -= rows[said].mean(axis=0)
    return _unit(moved)


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-9)
    return unit


def _named(
    heard: list[Profile], branches: list[Branch], embedder: Embedder, pairs: Sequence[list[Profile]] = ()
) -> list[Segment]:
    """Segments with ids and names, each followed by its parts; pairs outside the macro segments last. What lies deeper
    than a micro segment, or outside, chooses its name after the others, and so changes none of theirs."""
    upper, deeper = _contrasts(heard, branches)
    deeper += [(pair, _ids(heard)) for pair in pairs]
    known = situations_of(heard, embedder)
    names = _names(upper, known, [])
    names += _names(deeper, known, names)
    named = {id(group): name for (group, _), name in zip([*upper, *deeper], names, strict=True)}
    made = [one for branch in branches for one in _segments(branch, None, named)]
    return made + [_pair(pair, named[id(pair)]) for pair in pairs]


Contrast = tuple[list[Profile], list[str]]


def _contrasts(heard: list[Profile], branches: list[Branch]) -> tuple[list[Contrast], list[Contrast]]:
    """Each group with those it is told apart from: macro and micro segments, and what lies deeper."""
    upper = [(branch.people, _ids(heard)) for branch in branches]
    upper += [(part.people, _ids(branch.people)) for branch in branches for part in branch.parts]
    deeper: list[Contrast] = []
    open_ = [part for branch in branches for part in branch.parts]
    while open_:
        branch = open_.pop(0)
        deeper += [(part.people, _ids(branch.people)) for part in branch.parts]
        open_ += branch.parts
    return upper, deeper


def _names(groups: list[Contrast], known: Situations, taken: Sequence[str]) -> list[str]:
    contrasts = [(_ids(group), [one for one in among if one not in _ids(group)]) for group, among in groups]
    return name_segments(contrasts, [role_of(group) for group, _ in groups], known, taken)


def _segments(branch: Branch, parent: Segment | None, names: Mapping[int, str]) -> list[Segment]:
    """The branch as a segment, and below it its parts."""
    made = _segment(branch.people, parent, names[id(branch.people)])
    return [made, *(one for part in branch.parts for one in _segments(part, made, names))]


def _segment(group: list[Profile], parent: Segment | None, name: str) -> Segment:
    level, depth = (Level.MICRO, parent.depth + 1) if parent else (Level.MACRO, 1)
    why = "how they talk, beside others of their kind" if parent else "role, and how they talk"
    members = [Member(participant_id=one, weight=1.0, why=why) for one in sorted(_ids(group))]
    return Segment(
        id=segment_id(level, depth, _ids(group)),
        parent_id=parent.id if parent else None,
        level=level,
        depth=depth,
        tail=tail_of(depth),
        name=name,
        definition=[],
        members=members,
    )


def _pair(group: list[Profile], name: str) -> Segment:
    """Two who are like each other and unlike everybody else: too few for a macro segment."""
    members = [Member(participant_id=one, weight=1.0, why="unlike the others") for one in sorted(_ids(group))]
    made_of = segment_id(Level.MICRO, 1, _ids(group))
    return Segment(id=made_of, parent_id=None, level=Level.MICRO, tail=Tail.LONG, name=name, definition=[],
                   members=members)  # fmt: skip


def _ids(group: Sequence[Profile]) -> list[str]:
    return [profile.participant.id for profile in group]
