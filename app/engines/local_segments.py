"""Segments by clustering: macro by role and by how people talk, micro by how they talk beside those of their kind.

Each participant becomes a row: what they declared of their role, and how alike they talk (`affinity`), with equal
weight; inside a macro segment, where roles are alike, by talk alone. How many: the number with the best silhouette
(Rousseeuw 1987) that stays the same when people are left out (Ben-Hur et al. 2002).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.engines.affinity import talk_rows
from app.engines.base import Profile
from app.engines.clusters import best_clusters
from app.engines.naming import name_segments, role_of, role_text, situations_of
from app.models.field import Level
from app.models.segment import Member, Segment, SegmentTree, Uncovered
from retrieval.embedder import Embedder
from retrieval.evidence import stable_id

Matrix = NDArray[np.float64]

# Somebody of whom fewer sentences were coded cannot be placed.
FEWEST_EVIDENCE = 3
SMALLEST_MACRO, SMALLEST_MICRO = 3, 2
METHOD = "local: clustering of role and of how people talk; number of groups by silhouette and stability"


def propose_segments(profiles: Sequence[Profile], embedder: Embedder, seed: int) -> SegmentTree:
    """The tree for the profiles. Deterministic for equal input and seed."""
    heard = [profile for profile in profiles if len(profile.evidence) >= FEWEST_EVIDENCE]
    silent = [profile.participant.id for profile in profiles if len(profile.evidence) < FEWEST_EVIDENCE]
    uncovered = [Uncovered(participant_id=one, why="said too little to be placed") for one in silent]
    macros, apart = _macros(heard, embedder, seed)
    uncovered += [
        Uncovered(participant_id=one.participant.id, why="unlike the others: fits no group of three or more")
        for one in apart
    ]
    micros = [_micros(group, embedder, seed) for group in macros]
    segments = _named(heard, macros, micros, embedder)
    return SegmentTree(
        segments=segments, uncovered=sorted(uncovered, key=lambda one: one.participant_id), method=METHOD
    )


def _macros(heard: list[Profile], embedder: Embedder, seed: int) -> tuple[list[list[Profile]], list[Profile]]:
    """Groups of three or more, largest first, and those in smaller ones."""
    if len(heard) < SMALLEST_MACRO:
        return [], heard
    if len(heard) < 2 * SMALLEST_MACRO:
        return [heard], []
    rows = np.hstack([_roles(heard, embedder), _talk(heard, embedder)])
    labels = best_clusters(rows, smallest=SMALLEST_MACRO, most=min(6, len(heard) // 4), seed=seed)
    groups = _groups(heard, labels)
    return [one for one in groups if len(one) >= SMALLEST_MACRO], [
        profile for one in groups if len(one) < SMALLEST_MACRO for profile in one
    ]


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
    heard: list[Profile], macros: list[list[Profile]], micros: list[list[list[Profile]]], embedder: Embedder
) -> list[Segment]:
    """Segments with ids and names, each macro followed by its micros."""
    everybody = [profile.participant.id for profile in heard]
    groups = [(macro, everybody) for macro in macros]
    groups += [(micro, _ids(macro)) for macro, inside in zip(macros, micros, strict=True) for micro in inside]
    contrasts = [(_ids(group), [one for one in among if one not in _ids(group)]) for group, among in groups]
    names = iter(name_segments(contrasts, [role_of(group) for group, _ in groups], situations_of(heard, embedder)))
    made = [_segment(macro, Level.MACRO, None, next(names)) for macro in macros]
    segments = []
    for macro, inside in zip(made, micros, strict=True):
        segments += [macro, *(_segment(micro, Level.MICRO, macro.id, next(names)) for micro in inside)]
    return segments


def _segment(group: list[Profile], level: Level, parent_id: str | None, name: str) -> Segment:
    why = "role and interests" if level is Level.MACRO else "themes shared and ways of deciding"
    members = [Member(participant_id=one, weight=1.0, why=why) for one in sorted(_ids(group))]
    return Segment(
        id=stable_id("seg", level, *sorted(_ids(group))),
        parent_id=parent_id,
        level=level,
        name=name,
        definition=[],
        members=members,
    )


def _ids(group: Sequence[Profile]) -> list[str]:
    return [profile.participant.id for profile in group]
