"""Undoing: a person's decisions about a quote, taken back as if they had not been made.

A decision takes the place of an earlier one of the same person about the same words and code. So what was there before
is noted when it is made: nothing, or a decision with its number.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.errors import BadInput, NotFound
from app.models.coding import HumanCode
from app.synthesis.human_coding import Wanted, decide
from app.workbench import Workbench

WRITTEN = re.compile(r"(hc_[0-9a-f]{12})(?:([+-])(\d{1,9}))?")


class Before(NamedTuple):
    """What stood in the place of the decision `id`; `number` is 0 where nothing did."""

    id: str
    given: bool = False
    number: int = 0

    def __str__(self) -> str:
        return f"{self.id}{'+' if self.given else '-'}{self.number}" if self.number else self.id


def read_before(written: str) -> Before:
    """What `str` made of it; BadInput for anything else."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        raise BadInput("This cannot be undone any more. Reload the page.")
    id, sign, number = found.groups()
    return Before(id, sign == "+", int(number or 0))


def decide_noting(
    bench: Workbench, study_id: str, wanted: Wanted, by: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> tuple[list[HumanCode], list[Before]]:
    """As `decide`, and what has to be put back to undo it."""
    with bench.store.transaction() as tx:
        known = {one.id: one for one in tx.codings.all(study_id)}
    made = decide(bench, study_id, wanted, by, add=add, remove=remove)
    return made, [
        Before(one.id, known[one.id].given, known[one.id].number) if one.id in known else Before(one.id) for one in made
    ]


def take_back(bench: Workbench, study_id: str, before: Sequence[Before], by: str) -> list[HumanCode]:
    """Put back what was there; returns the decisions that are undone. Only who made them may.

    Raises NotFound where one is gone, BadInput where it is somebody else's.
    """
    bench.study(study_id)
    with bench.store.transaction() as tx:
        known = {one.id: one for one in tx.codings.all(study_id)}
        for one in before:
            if one.id not in known:
                raise NotFound("decision", one.id, "It is undone already, or its words are gone")
            if known[one.id].by != by:
                raise BadInput("Only who made a decision can undo it. Decide otherwise instead.")
        tx.codings.delete(study_id, [one.id for one in before])
        restored = [
            known[one.id].model_copy(update={"given": one.given, "number": one.number}) for one in before if one.number
        ]
        tx.codings.put(study_id, restored)
    return [known[one.id] for one in before]
