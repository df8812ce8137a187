"""Roles: which part each member plays, told from their declared role and from what they say of themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engines.hearsay import is_reported
from app.models.buying_centre import BuyingRole, Leaning
from app.models.buying_cues import BuyingCues, RoleCues
from app.synthesis.likeness import nearest
from app.synthesis.statements import Account
from retrieval.embedder import Vectors
from retrieval.evidence import Participant

# A statement speaks for a part from this likeness to its cues on.
SPEAKS = 0.40
# What a word of the declared role adds: people are what they are employed for unless they clearly say otherwise.
DECLARED = 0.15
# From here on a statement tells where somebody stands, what they can stop, and on what condition they agree.
TELLS = 0.45
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
    def _likeness(self) -> dict[BuyingRole, Vectors]:
        return {role.id: self._to(role.cues) for role in self.cues.roles}

    @cached_property
    def _leanings(self) -> dict[Leaning, Vectors]:
        return {leaning: self._to(sentences) for leaning, sentences in self.cues.leanings.items()}

    def part(self, person: Participant) -> Part:
        """The part that declared role and own words together speak for most; an influencer where neither says anything."""
        title = person.attributes.get("role", "")
        scored = [(self._score(person.id, role, title), -place, role) for place, role in enumerate(self.cues.roles)]
        score, _, best = max(scored, key=lambda row: row[:2])
        rows = self._rows(person.id, self._likeness[best.id], SPEAKS)
        word = title_word(best, title)
        if score < SPEAKS and not word:
            return Part(BuyingRole.INFLUENCER, "no declared role and no words say more", [])
        said = ["what they say of their part"] if rows else []
        declared = [f"“{word}” in the declared role"] if word else []
        return Part(best.id, " and ".join(declared + said), rows)

    def leaning(self, person: str) -> tuple[Leaning, list[int]]:
        """On which side the person stands, and the statements that say so."""
        found = [
            (float(likeness[row]), leaning, row)
            for leaning, likeness in self._leanings.items()
            for row in self._rows(person, likeness, TELLS)
        ]
        if not found:
            return Leaning.UNKNOWN, []
        best = max(found, key=lambda one: (round(one[0], 6), -one[2]))[1]
        return best, [row for _, leaning, row in found if leaning is best]

    def vetoes(self, person: str) -> list[int]:
        return self._rows(person, self._to(self.cues.veto), TELLS)

    def conditions(self, person: str) -> list[int]:
        return self._rows(person, self._to(self.cues.conditions), TELLS)

    def speaking_of(self, role: RoleCues) -> list[int]:
        """Statements of anybody that may be about whoever plays the part, nearest first."""
        if not role.spoken_of:
            return []
        return self._best(range(len(self.account.statements)), self._to(role.spoken_of), TELLS)

    def _score(self, person: str, role: RoleCues, title: str) -> float:
        rows = self._rows(person, self._likeness[role.id], 0.0)
        said = float(self._likeness[role.id][rows[0]]) if rows else 0.0
        return round(said + (DECLARED if title_word(role, title) else 0.0), 6)

    def _rows(self, person: str, likeness: Vectors, least: float) -> list[int]:
        """The person's own statements from this likeness on, nearest first; what others think is left out."""
        said = self.account.statements
        own = [row for row in self.account.of(person) if said[row].whole and not is_reported(said[row].text)]
        return self._best(own, likeness, least)

    def _best(self, rows: Sequence[int], likeness: Vectors, least: float) -> list[int]:
        near = [row for row in rows if likeness[row] >= least]
        return sorted(near, key=lambda row: (-round(float(likeness[row]), 6), row))[:MOST]

    def _to(self, sentences: Sequence[str]) -> Vectors:
        return np.asarray(nearest(self.account.vectors, self.account.embedder, sentences))


def title_word(role: RoleCues, title: str) -> str:
    """The first word of the declared role that speaks for the part; empty where none does."""
    return next((word for word in role.titles if re.search(rf"\b{re.escape(word)}\b", title, re.I)), "")
