"""Trying: the study's own participants scored by rules learnt without them, to fix from where on one is assigned.

Whoever works for the same account is left out together: what a CRM says of their account would give them away.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from app.activation.learning import Ground, learn
from app.activation.scoring import Definition, best, prior_of
from app.models.assignment import Bar

Z = 1.96  # 95 %
# A segment that is less likely than not is no answer, and of fewer people no share is known.
LEAST, FEWEST = 0.5, 5


@dataclass(frozen=True)
class Groups:
    """Members by segment, others who are in none, and whose account is whose."""

    members: Mapping[str, Sequence[str]]
    others: Sequence[str]
    account: Mapping[str, str]

    @property
    def people(self) -> list[str]:
        return [person for members in self.members.values() for person in members]

    def beside(self, segment: str) -> list[str]:
        return [*(one for other, own in self.members.items() if other != segment for one in own), *self.others]

    def without(self, gone: frozenset[str]) -> "Groups":
        kept = {one: [person for person in own if person not in gone] for one, own in self.members.items()}
        return Groups(kept, [person for person in self.others if person not in gone], self.account)

    def majority(self) -> float:
        """The share of the largest segment."""
        return max(map(len, self.members.values()), default=0) / max(len(self.people), 1)

    def parties(self) -> list[frozenset[str]]:
        """People who are left out together."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in [*self.people, *self.others]:
            found[self.account.get(person) or f"\n{person}"].add(person)
        return [frozenset(party) for party in found.values()]


@dataclass(frozen=True)
class Trial:
    """What was said of one participant: `said` is None where nothing spoke for any segment."""

    person: str
    truth: str
    said: str | None
    confidence: float

    @property
    def right(self) -> bool:
        return self.said == self.truth


def definitions(ground: Ground, groups: Groups) -> list[Definition]:
    """The segments with what parts each from the others."""
    return [
        Definition(one, prior_of(len(own), len(groups.beside(one))), learn(ground, own, groups.beside(one)))
        for one, own in groups.members.items()
    ]


def leave_out(ground: Ground, groups: Groups) -> list[Trial]:
    """Everybody in a segment, scored by rules learnt without them and without their colleagues."""
    truth = {person: one for one, own in groups.members.items() for person in own}
    found = []
    for party in groups.parties():
        if not truth.keys() & party:
            continue
        learnt = definitions(ground, groups.without(party))
        for person in sorted(truth.keys() & party):
            score = best(learnt, ground.people[person])
            said = (score.id, score.confidence) if score else (None, 0.0)
            found.append(Trial(person, truth[person], *said))
    return sorted(found, key=lambda one: one.person)


def bar_of(trials: Sequence[Trial], majority: float) -> Bar:
    """The lowest confidence from which on what is said is surely better than naming the largest segment."""
    lowest = Bar(confidence=None, tried=len(trials), passed=0, right=0, majority=round(majority, 4))
    told = [one for one in trials if one.said and one.confidence >= LEAST]
    for confidence in sorted({one.confidence for one in told}, reverse=True):
        passed = [one for one in told if one.confidence >= confidence]
        right = sum(one.right for one in passed)
        if len(passed) >= FEWEST and at_least(right, len(passed)) > majority:
            lowest = lowest.model_copy(update={"confidence": confidence, "passed": len(passed), "right": right})
    return lowest


def at_least(k: int, n: int) -> float:
    """The lower end of Wilson's interval of 95 % for a share of `k` in `n`."""
    share, room = k / n, Z * Z / n
    return (share + room / 2 - Z * sqrt(share * (1 - share) / n + room / (4 * n))) / (1 + room)


def honest(ground: Ground, groups: Groups) -> list[Trial]:
    """Everybody assigned as a contact would be, the bar fixed without them too; `said` is None for unassigned."""
    truth = {person: one for one, own in groups.members.items() for person in own}
    found = []
    for party in groups.parties():
        rest = groups.without(party)
        if not truth.keys() & party:
            continue
        bar = bar_of(leave_out(ground, rest), rest.majority()).confidence
        learnt = definitions(ground, rest)
        for person in sorted(truth.keys() & party):
            score = best(learnt, ground.people[person])
            said = score.id if score and bar is not None and score.confidence >= bar else None
            found.append(Trial(person, truth[person], said, score.confidence if score else 0.0))
    return sorted(found, key=lambda one: one.person)


def sure_bar(ground: Ground, groups: Groups) -> Bar:
    """The bar where it holds of people who were not there when it was fixed; else nobody is to be assigned.

    Its counts are theirs: `passed` of those tried were assigned, `right` of them rightly.
    """
    majority = groups.majority()
    bar = bar_of(leave_out(ground, groups), majority)
    told = [one for one in honest(ground, groups) if one.said] if bar.confidence is not None else []
    right = sum(one.right for one in told)
    holds = len(told) >= FEWEST and at_least(right, len(told)) > majority
    return bar.model_copy(update={"confidence": bar.confidence if holds else None, "passed": len(told), "right": right})
