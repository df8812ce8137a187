"""Common ground: what two members of an account or more say alike, each in their own words.

Themes are made for a whole study and are too wide for two people. Here two statements are alike only where they are
near each other both alone and together with the questions they answer. What they say of one another is left out:
a quarrel is about one thing, too.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engines.clarity import clarity
from app.engines.hearsay import is_reported
from app.engines.meaning import meanings
from app.engines.voice import third_person
from app.models.buying_centre import Claims
from app.models.claim import Claim, Gap, Status, Support
from app.synthesis.buying.statements import Account, Statement
from retrieval.embedder import Embedder, Vectors
from retrieval.evidence import stable_id

FIELD = "common_ground"
# Likeness from which two statements say the same, centred over the study. Read by eye on two studies: at .40 five of
# six pairs share a point, at .35 every second pair shares a word.
ALIKE = 0.40
# A shorter statement is alike to many by its form.
FEWEST_WORDS = 6
# A message rests on two or three points; more are not read.
MOST = 5
ASK = "Ask all of them: “What do you and your colleagues agree on, whatever you decide?”"


@dataclass(frozen=True)
class Everybody:
    """What all of the study said, against which likeness is measured; its vectors are made once for all accounts."""

    statements: Sequence[Statement]
    embedder: Embedder

    @cached_property
    def with_question(self) -> Vectors:
        return meanings([one.evidence for one in self.statements], self.embedder)

    @cached_property
    def alone(self) -> Vectors:
        return meanings([one.evidence.model_copy(update={"question": ""}) for one in self.statements], self.embedder)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each piece of evidence."""
        return {one.evidence.id: row for row, one in reversed(list(enumerate(self.statements)))}


def common_ground(account: Account, everybody: Everybody, about_colleagues: Collection[int]) -> Claims:
    """What two members or more say alike, most widely shared first; else one claim without evidence.

    `about_colleagues` are rows of the account that speak of another member.
    """
    likeness = _likeness(account, everybody)
    rows = [row for row, one in enumerate(account.statements) if row not in about_colleagues and _counts(one)]
    groups = list(_groups(account, rows, likeness))
    groups.sort(key=lambda group: (-len(group), group))
    return [_claim(account, group, likeness) for group in groups[:MOST]] or [_nothing(account)]


def _counts(one: Statement) -> bool:
    """Whether it is a statement about the matter: no introduction, no address, nobody else's opinion."""
    introduction = list(one.evidence.codes) == ["context"] or "@" in one.text
    return one.whole and one.words >= FEWEST_WORDS and not introduction and not is_reported(one.text)


def _likeness(account: Account, everybody: Everybody) -> Vectors:
    """A square over the account's statements: the smaller of likeness alone and with the questions."""
    rows = [everybody.rows[one.evidence.id] for one in account.statements]
    with_question, alone = everybody.with_question[rows], everybody.alone[rows]
    found: Vectors = np.minimum(with_question @ with_question.T, alone @ alone.T)
    return found


def _groups(account: Account, rows: Sequence[int], likeness: Vectors) -> Iterator[list[int]]:
    """Rows of several members that are all alike to the first; no row stands in two groups."""
    pairs = [(one, other) for one in rows for other in rows if one < other and _alike(account, one, other, likeness)]
    taken: set[int] = set()
    for one, other in sorted(pairs, key=lambda pair: (-round(float(likeness[pair]), 6), pair)):
        if not {one, other} & taken:
            group = [one, other]
            for third in rows:
                if third not in taken and _joins(account, third, group, likeness):
                    group.append(third)
            taken |= set(group)
            yield group


def _alike(account: Account, one: int, other: int, likeness: Vectors) -> bool:
    said = account.statements
    return said[one].speaker != said[other].speaker and bool(likeness[one, other] >= ALIKE)


def _joins(account: Account, row: int, group: Sequence[int], likeness: Vectors) -> bool:
    return row not in group and all(_alike(account, row, one, likeness) for one in group)


def _claim(account: Account, group: Sequence[int], likeness: Vectors) -> Claim:
    said = sorted((account.statements[row] for row in group), key=lambda one: (-clarity(one.text), one.evidence.id))
    nearness = [float(likeness[one, other]) for one in group for other in group if one < other]
    return Claim(
        id=stable_id("cl", account.name.casefold(), FIELD, *(one.evidence.id for one in said)),
        field=FIELD,
        text=third_person(said[0].text),
        status=Status.OBSERVED,
        citations=[one.citation() for one in said],
        support=Support(k=len(said), n=len(account.ids)),
        confidence=round(sum(nearness) / len(nearness), 3),
        coder=said[0].evidence.coder,
    )


def _nothing(account: Account) -> Claim:
    return Claim(
        id=stable_id("cl", account.name.casefold(), FIELD, "gap"),
        field=FIELD,
        text="No evidence yet.",
        status=Status.NO_EVIDENCE,
        support=Support(k=0, n=len(account.ids)),
        confidence=0.0,
        coder="none",
        gap=Gap(found=1, needed=2, ask_next=ASK),
    )
