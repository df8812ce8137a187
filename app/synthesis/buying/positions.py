"""Positions: on which side of a question each member of an account stands, told from their own statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.engines.hearsay import is_reported
from app.models.buying_cues import BuyingCues, Ground
from app.synthesis.buying.likeness import Clauses
from app.synthesis.buying.statements import FEWEST_WORDS, Account
from retrieval.embedder import Vectors

# A statement takes a side when a clause of it is this close to one of the side's cues, and so much closer than to the
# other side's.
CLOSE, APART = 0.50, 0.10


@dataclass(frozen=True)
class Opposed:
    """Two members on opposite sides of a ground: their rows, and how clearly (the weaker margin of the two)."""

    ground: Ground
    rows: tuple[int, int]
    clearly: float


class Positions:
    """`about_colleagues` are rows that speak of another member: they may tell the other's position, not one's own."""

    def __init__(self, account: Account, cues: BuyingCues, about_colleagues: Collection[int] = ()):
        self.account, self.cues, self.about_colleagues = account, cues, about_colleagues

    @cached_property
    def _sides(self) -> list[tuple[Ground, Vectors, Vectors]]:
        clauses = Clauses(self.account.statements, self.account.embedder)
        return [(ground, clauses.likeness(ground.one), clauses.likeness(ground.other)) for ground in self.cues.grounds]

    def opposed(self, one: str, other: str) -> list[Opposed]:
        """The grounds on which the two stand on opposite sides, clearest first."""
        found = [
            pair
            for ground, ones, others in self._sides
            for sides in ((ones, others), (others, ones))
            if (pair := self._pair(ground, one, other, *sides))
        ]
        return sorted(found, key=lambda pair: (-round(pair.clearly, 6), pair.rows))

    def ground_of(self, rows: Sequence[int]) -> tuple[Ground, float]:
        """The ground that a clause of these statements lies closest to, and how close."""
        clauses = Clauses([self.account.statements[row] for row in rows], self.account.embedder)
        scored = [(float(clauses.likeness([*one.one, *one.other]).max()), one) for one in self.cues.grounds]
        closeness, ground = max(scored, key=lambda row: row[0])
        return ground, closeness

    def _pair(self, ground: Ground, one: str, other: str, mine: Vectors, theirs: Vectors) -> Opposed | None:
        first, second = self._firmest(one, mine, theirs), self._firmest(other, theirs, mine)
        if first is None or second is None:
            return None
        clearly = min(mine[first] - theirs[first], theirs[second] - mine[second])
        return Opposed(ground, (first, second), float(clearly))

    def _firmest(self, person: str, side: Vectors, against: Vectors) -> int | None:
        """The row in which the person takes the side most clearly; None where they never do."""
        rows = [
            row
            for row in self.account.of(person)
            if side[row] >= CLOSE and side[row] - against[row] >= APART and self._own_view(row)
        ]
        return max(rows, key=lambda row: (round(float(side[row]), 6), -row)) if rows else None

    def _own_view(self, row: int) -> bool:
        one = self.account.statements[row]
        return one.words >= FEWEST_WORDS and row not in self.about_colleagues and not is_reported(one.text)
