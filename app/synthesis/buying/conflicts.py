"""Conflicts: which members of an account pull in different directions, over what, and in whose words.

A pair is listed when its signs together reach a threshold. Signs, strongest first:

1. what one says of the other, or of the other's department (`mentions`, `discord`): both directions add up
2. the two clearly stand on opposite sides of one question (`positions`)
3. the two say opposite things on one subject (`app.engines.stance`)
4. a colleague, or a note about the account, speaks of the two as in a quarrel; it counts, and is never quoted as
   either one's words

A pair is listed, too, where each of the two gives a sign in what they say of the other, however faint.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from app.engines.hearsay import is_reported
from app.engines.stance import opposed
from app.models.buying_centre import Conflict
from app.models.buying_cues import BuyingCues
from app.models.evidence import Evidence
from app.synthesis.buying.discord import Ear, Heard
from app.synthesis.buying.mentions import Directory, passages
from app.synthesis.buying.positions import Opposed, Positions
from app.synthesis.buying.statements import Account

# Points from which two people are listed. On the studies it was set on (20 pairs, 9 of them in conflict), seven pairs
# in conflict had 6 to 11 points and two had 2 (one sign on each side) and 1; all others had 0 or 1.
ENOUGH = 3
# Points at which a conflict is as strong as it gets.
FULL = 8
OPPOSITE_SIDES, OPPOSITE_WORDS, SPOKEN_OF = 2, 1, 1
# A pair of quotes further than this from every ground is not named after one.
NAMED = 0.42


@dataclass(frozen=True)
class Signs:
    """All that points to a conflict between two members."""

    one: str
    other: str
    heard: tuple[list[Heard], list[Heard]]
    sides: list[Opposed]
    words: bool
    spoken_of: bool

    @property
    def points(self) -> int:
        said = sum(heard.points for way in self.heard for heard in way)
        return said + OPPOSITE_SIDES * bool(self.sides) + OPPOSITE_WORDS * self.words + SPOKEN_OF * self.spoken_of

    @property
    def hold(self) -> bool:
        """Whether they are enough: many on one side, or any on both."""
        return self.points >= ENOUGH or all(self.heard)


class ConflictFinder:
    """Finds the conflicts of one account. `notes` are sentences of notes, which may name a quarrel."""

    def __init__(self, account: Account, directory: Directory, cues: BuyingCues, notes: Sequence[str] = ()):
        self.account, self.directory, self.notes = account, directory, notes
        self.ear = Ear(account, directory, cues)
        self.positions = Positions(account, cues, self.about_colleagues)

    def conflicts(self) -> list[Conflict]:
        """The conflicts, strongest first."""
        found = [signs for signs in self._signs() if signs.hold]
        found.sort(key=lambda signs: (-signs.points, signs.one, signs.other))
        return [self._conflict(signs) for signs in found]

    def _signs(self) -> Iterator[Signs]:
        for one, other in combinations(self.account.ids, 2):
            yield Signs(
                one, other,
                heard=(self._heard_from(one, other), self._heard_from(other, one)),
                sides=self.positions.opposed(one, other),
                words=bool(opposed(self._coded(one), self._coded(other), self.account.embedder)),
                spoken_of=self._spoken_of(one, other),
            )  # fmt: skip

    @property
    def about_colleagues(self) -> set[int]:
        """The rows in which members speak of one another."""
        return {row for one in self._heard for row in one.passage.rows}

    @cached_property
    def _heard(self) -> list[Heard]:
        return [self.ear.hear(one) for one in passages(self.account, self.directory)]

    def _heard_from(self, speaker: str, about: str) -> list[Heard]:
        """What one said of the other that points to a quarrel, strongest first."""
        found = [one for one in self._heard if (one.passage.speaker, one.passage.about) == (speaker, about)]
        return sorted((one for one in found if one.points), key=lambda one: (-one.points, one.row))

    def _coded(self, person: str) -> list[Evidence]:
        said = (self.account.statements[row].evidence for row in self.account.of(person))
        return [one for one in said if one.firm]

    def _spoken_of(self, one: str, other: str) -> bool:
        """Whether a third member or a note speaks of the two in words of quarrel."""
        return any(speaker not in (one, other) and {one, other} <= mentioned for speaker, mentioned in self._quarrels)

    @cached_property
    def _quarrels(self) -> list[tuple[str | None, set[str]]]:
        """Who speaks of a quarrel (None: a note), and which members they name."""
        texts = [
            *((said.speaker, said.text) for said in self.account.statements),
            *((None, text) for text in self.notes),
        ]
        return [(speaker, set(self.directory.mentioned(text))) for speaker, text in texts if self.ear.quarrels(text)]

    def _conflict(self, signs: Signs) -> Conflict:
        rows = self._rows(signs)
        said = self.account.statements
        return Conflict(
            between=(signs.one, signs.other),
            issue=self._issue(signs, rows),
            quotes=(said[rows[0]].citation(), said[rows[1]].citation()),
            strength=round(min(1.0, signs.points / FULL), 3),
            why=list(_why(signs)),
        )

    def _rows(self, signs: Signs) -> tuple[int, int]:
        """One statement of each: what they say of the other, or on the question that parts them, or nearest to it."""
        first, second = self._row(signs, 0), self._row(signs, 1)
        # Two signs that bring no words of theirs do not reach the threshold: one side has always spoken.
        known = next(row for row in (first, second) if row is not None)
        return (
            self._nearest_to(known, signs.one) if first is None else first,
            self._nearest_to(known, signs.other) if second is None else second,
        )

    def _row(self, signs: Signs, side: int) -> int | None:
        if signs.heard[side]:
            return max((one.row for one in signs.heard[side]), key=lambda row: (self.ear.telling(row), -row))
        return signs.sides[0].rows[side] if signs.sides else None

    def _nearest_to(self, row: int, person: str) -> int:
        """The person's own statement that is nearest in subject."""
        said = self.account.statements
        own = [one for one in self.account.of(person) if said[one].whole and not is_reported(said[one].text)]
        nearness = self.account.vectors @ self.account.vectors[row]
        return max(own or self.account.of(person), key=lambda one: (round(float(nearness[one]), 6), -one))

    def _issue(self, signs: Signs, rows: tuple[int, int]) -> str:
        people = f"{self._called(signs.one)} and {self._called(signs.other)}"
        ground, closeness = self.positions.ground_of(rows)
        if closeness < NAMED:
            return f"{people} want different things; their words beside each other say what."
        return f"{people} pull apart over {ground.label}."

    def _called(self, person: str) -> str:
        title = next(one.attributes.get("role", "") for one in self.account.members if one.id == person)
        return f"{person} ({title})" if title else person


def _why(signs: Signs) -> Iterator[str]:
    for (speaker, about), heard in zip(((signs.one, signs.other), (signs.other, signs.one)), signs.heard, strict=True):
        reasons = list(dict.fromkeys(reason for one in heard for reason in one.why))
        if reasons:
            yield f"{speaker} on {about}: {', '.join(reasons)}"
    if signs.sides:
        yield f"they stand on opposite sides: {signs.sides[0].ground.label}"
    if signs.words:
        yield "they say opposite things on one subject"
    if signs.spoken_of:
        yield "a colleague or a note speaks of the two as in a quarrel"
