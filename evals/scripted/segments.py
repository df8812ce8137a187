"""Segments as the scripted model proposes them: people who share themes and attributes, in two levels."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

from app.engines.llm.answers import MacroAnswer, MicroAnswer, ProposedSegments, UnplacedAnswer
from evals.scripted.pages import PersonSeen, ThemeSeen
from retrieval.embedder import Embedder

FEWEST = 2
# About so many people stand in a macro segment, and in a micro segment inside it.
MACRO, MICRO = 7, 4
# What people say counts as much as who they are.
SAID, DECLARED = 1.0, 1.0
NAME_WORDS = 4

Rows = NDArray[np.float64]


def propose(people: Sequence[PersonSeen], themes: Sequence[ThemeSeen], embedder: Embedder) -> ProposedSegments:
    """Macro segments by attributes and themes, micro segments inside them by themes alone."""
    declared = embedder.encode([one.attributes or "." for one in people]).astype(np.float64)
    said = _said(people, themes)
    namer = Namer({theme.number: theme.label for theme in themes})
    macros = []
    for rows in _parted(np.hstack([DECLARED * declared, SAID * said]), list(range(len(people))), MACRO):
        inside = _parted(said, rows, MICRO)
        macros.append(_macro([people[row] for row in rows], [[people[row] for row in own] for own in inside], namer))
    placed = {person for macro in macros for person in macro.members}
    unplaced = [UnplacedAnswer(participant=one.id, why="Says what nobody else does.") for one in people
                if one.id not in placed]  # fmt: skip
    return ProposedSegments(macro=macros, unplaced=unplaced, poor_fits=[])


class Namer:
    """Names groups by the theme that sets them apart; no name twice."""

    def __init__(self, labels: dict[int, str]):
        self.labels, self.given = labels, set[str]()

    def name(self, people: Sequence[PersonSeen], rest: Sequence[PersonSeen]) -> str:
        own, others = _counts(people), _counts(rest)
        ranked = sorted(own, key=lambda one: (others[one] / (len(rest) or 1) - own[one] / len(people), one))
        names = [" ".join(self.labels[one].split()[:NAME_WORDS]) for one in ranked]
        names += [f"{people[0].attributes[:40]} {number}".strip() for number in range(1, len(self.given) + 2)]
        chosen = next(name for name in names if name.casefold() not in self.given)
        self.given.add(chosen.casefold())
        return chosen


def _counts(people: Sequence[PersonSeen]) -> Counter[int]:
    return Counter(theme for person in people for theme in person.themes)


def _macro(people: list[PersonSeen], inside: list[list[PersonSeen]], namer: Namer) -> MacroAnswer:
    name = namer.name(people, [])
    micros = [
        MicroAnswer(name=(own_name := namer.name(own, [one for one in people if one not in own])),
                    differentiator=own_name, members=[one.id for one in own])
        for own in (inside if len(inside) > 1 else [])
    ]  # fmt: skip
    return MacroAnswer(name=name, why=name, members=[one.id for one in people], micro=micros)


def _said(people: Sequence[PersonSeen], themes: Sequence[ThemeSeen]) -> Rows:
    """(n, themes) who says what; what few say weighs more, and every row is of one length."""
    weights = np.array([np.log(1 + len(people) / len(theme.people)) for theme in themes])
    place = {theme.number: row for row, theme in enumerate(themes)}
    rows = np.zeros((len(people), len(themes) + 1))
    for row, person in enumerate(people):
        for theme in person.themes:
            rows[row, place[theme]] = weights[place[theme]]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Rows = rows / np.maximum(lengths, 1e-9)
    return unit


def _parted(vectors: Rows, rows: list[int], size: int) -> list[list[int]]:
    """The rows in groups of about `size`, and of two at the least; by Ward's method."""
    if len(rows) < 2 * FEWEST:
        return [rows]
    count = max(len(rows) // size, 2)
    labels = AgglomerativeClustering(n_clusters=count, linkage="ward").fit_predict(vectors[rows])
    groups = [[rows[at] for at in np.flatnonzero(labels == group)] for group in range(count)]
    return [group for group in groups if len(group) >= FEWEST]
