"""Roles: which part each member plays, told from their declared role and from what they say of themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.engines.hearsay import is_reported
from app.models.buying_centre import BuyingRole, Leaning
from app.models.buying_cues import BuyingCues, RoleCues
from app.synthesis.buying.likeness import Clauses
from app.synthesis.buying.statements import Account
from retrieval.embedder import Vectors
from retrieval.evidence import Participant

# A statement or a clause of it speaks for a part, a side, a veto or a condition from this likeness to a cue on. Read
# by eye on two studies: at .50 every second sentence found was beside the point, at .55 one in six.
TELLS = 0.55
# What a word of the declared role adds: people are what they are employed for unless they clearly say otherwise.
DECLARED = 0.12
# More quotes than these behind one part are not read.
MOST = 2


@dataclass(frozen=True)
class Part:
    """A member's part, why we think so, and the rows it rests on (none where only the declared role speaks for it)."""

    role: BuyingRole
    why: str
    rows: list[int]


class RoleReader:
    """Compares the statements of one account with the cues."""

    def __init__(self, account: Account, cues: BuyingCues):
        self.account, self.cues = account, cues

    @cached_property
    def _clauses(self) -> Clauses:
        return Clauses(self.account.statements, self.account.embedder)

    @cached_property
    def _likeness(self) -> dict[BuyingRole, Vectors]:
        return {role.id: self._clauses.likeness(role.cues) for role in self.cues.roles}

    @cached_property
    def _leanings(self) -> dict[Leaning, Vectors]:
        return {leaning: self._clauses.likeness(sentences) for leaning, sentences in self.cues.leanings.items()}

    def part(self, person: Participant) -> Part:
        """The part that declared role and own words speak for most; an influencer where neither says anything."""
        title = person.attributes.get("role", "")
        told = [
            one for one in self.cues.roles if title_word(one, title) or self._rows(person.id, self._likeness[one.id])
        ]
        if not told:
            return Part(BuyingRole.INFLUENCER, "neither the declared role nor what they say points to another part", [])
        best = max(told, key=lambda one: self._score(person.id, one, title))
        rows, word = self._rows(person.id, self._likeness[best.id]), title_word(best, title)
        declared = [f"“{word}” in the declared role"] if word else []
        said = ["what they say of their part"] if rows else []
        return Part(best.id, " and ".join(declared + said), rows)

    def leaning(self, person: str) -> tuple[Leaning, list[int]]:
        """On which side the person stands, and the statements that say so; a condition alone is a stance, too."""
        found = [
            (float(likeness[row]), leaning, row)
            for leaning, likeness in self._leanings.items()
            for row in self._rows(person, likeness)
        ]
        if not found:
            conditions = self.conditions(person)
            return (Leaning.CONDITIONAL if conditions else Leaning.UNKNOWN), conditions
        best = max(found, key=lambda one: (round(one[0], 6), -one[2]))[1]
        return best, [row for _, leaning, row in found if leaning is best]

    def vetoes(self, person: str) -> list[int]:
        return self._rows(person, self._clauses.likeness(self.cues.veto))

    def conditions(self, person: str) -> list[int]:
        return self._rows(person, self._clauses.likeness(self.cues.conditions))

    def speaking_of(self, role: RoleCues) -> list[int]:
        """Statements of anybody that may be about whoever plays the part, nearest first."""
        if not role.spoken_of:
            return []
        return self._best(range(len(self.account.statements)), self._clauses.likeness(role.spoken_of))

    def _score(self, person: str, role: RoleCues, title: str) -> float:
        own = self._own(person)
        said = float(self._likeness[role.id][own].max()) if own else 0.0
        return round(said + (DECLARED if title_word(role, title) else 0.0), 6)

    def _rows(self, person: str, likeness: Vectors) -> list[int]:
        """The person's own statements that tell, nearest first."""
        return self._best(self._own(person), likeness)

    def _own(self, person: str) -> list[int]:
        """The rows of what can be quoted of the person; what others think is left out."""
        said = self.account.statements
        return [row for row in self.account.of(person) if said[row].whole and not is_reported(said[row].text)]

    def _best(self, rows: Sequence[int], likeness: Vectors) -> list[int]:
        near = [row for row in rows if likeness[row] >= TELLS]
        return sorted(near, key=lambda row: (-round(float(likeness[row]), 6), row))[:MOST]


def title_word(role: RoleCues, title: str) -> str:
    """The first word of the declared role that speaks for the part; empty where none does."""
    return next((word for word in role.titles if re.search(rf"\b{re.escape(word)}\b", title, re.I)), "")
