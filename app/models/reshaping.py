"""Reshaping: what people decided about segments and themes, in a form that outlives the next run.

A run proposes segments and themes anew, under new ids. A decision therefore does not name one by its id: it
remembers what was in it, as an `Anchor`, and is meant for whatever shares most with that.
"""

from collections.abc import Sequence
from enum import StrEnum

from app.models.base import Model


class Change(StrEnum):
    """What was decided. An axis says by what the macro segments part; the others change one group or several."""

    AXIS = "axis"
    MOVE = "move"
    LOCK = "lock"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"


class Anchor(Model):
    """A segment or theme as it was when somebody spoke of it: its name, where it stood (a segment's depth, a theme's
    code), and what was in it (participants, or ids of evidence)."""

    name: str
    place: str
    members: list[str]


class Decision(Model):
    """One decision of a person about segments (`about` is `segment`) or themes (`theme`).

    `members` are the people moved, locked or split off, or the evidence split off; `name` is the new name, or the
    attribute or code of an axis; `by` the pseudonym of who decided. Decisions of a study are numbered in
    the order they were made, and carried out in it. `unmet` says why the last run could not.
    """

    about: str
    change: Change
    anchors: list[Anchor] = []
    members: list[str] = []
    name: str = ""
    by: str
    number: int = 0
    unmet: str = ""

    def names(self, ids: set[str]) -> bool:
        """Whether it speaks of any of these participants or pieces of evidence."""
        return bool(ids & {*self.members, *(one for anchor in self.anchors for one in anchor.members)})

    def without(self, ids: set[str]) -> "Decision":
        """The same with nothing left of these people or this evidence, nor of a name that may be their words."""
        anchors = [_cleaned(one, ids) for one in self.anchors]
        return self.model_copy(update={"anchors": anchors, "members": _less(self.members, ids), "unmet": ""})


def _cleaned(anchor: Anchor, ids: set[str]) -> Anchor:
    kept = _less(anchor.members, ids)
    return anchor if kept == anchor.members else anchor.model_copy(update={"members": kept, "name": "(withheld)"})


def _less(members: Sequence[str], ids: set[str]) -> list[str]:
    return [one for one in members if one not in ids]


def nearest(anchor: Anchor, candidates: Sequence[tuple[str, set[str]]]) -> str | None:
    """The id of the candidate (id, members) that shares most with the anchor, as a part of all members of both
    (Jaccard 1901); None where nothing is shared. The first of equals."""
    meant = set(anchor.members)
    scored = [(len(meant & own) / len(meant | own), id) for id, own in candidates if meant & own]
    best = max((score for score, _ in scored), default=0.0)
    return next((id for score, id in scored if score == best), None)
