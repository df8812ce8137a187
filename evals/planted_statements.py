"""Planted statements and distractors against what was coded.

A statement is found where one piece of evidence of its participant covers at least half of the characters of its
quote, and rightly coded where such a piece carries one of its codes. A piece reaches as far as its passage.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.models.evidence import Evidence
from evals.places import HALF, Located, Places
from evals.planted import Planted, Statement
from evals.scorers import share
from retrieval.evidence import Quote

NOT_CODED = "not coded"


class Coded(NamedTuple):
    """A statement, how much of it the best piece of evidence covers, and the pieces that cover half of it, or else
    lie in it."""

    statement: Statement
    located: Located
    share: float
    evidence: list[Evidence]

    @property
    def found(self) -> bool:
        return self.share >= HALF

    @property
    def right(self) -> bool:
        return self.found and any(code in one.codes for one in self.evidence for code in self.statement.codes)

    def carries(self, code: str, *, firm: bool = False) -> bool:
        """Whether some evidence that lies in the statement has the code."""
        return any(code in (one.firm if firm else one.codes) for one in self.evidence)


def code_statements(planted: Planted, places: Places, evidence: Sequence[Evidence]) -> list[Coded]:
    """Every statement of those who take part, with the evidence that overlaps it."""
    return [_coded(one, places.of_statement(one), evidence) for one in planted.heard]


def _coded(statement: Statement, located: Located, evidence: Sequence[Evidence]) -> Coded:
    own = [one for one in evidence if one.participant_id == located.participant_id]
    place, covered = located.best([one.extent for one in own])
    if place is None:
        return Coded(statement, located, 0.0, [])
    shares = [(one, place.covered([one.extent])) for one in own]
    covered = max((value for _, value in shares), default=0.0)
    least = min(covered, HALF)
    return Coded(statement, located, covered, [one for one, value in shares if value > 0 and value >= least])


def statement_scores(coded: Sequence[Coded]) -> dict[str, float | None]:
    return {
        "statement_recall": share(one.found for one in coded),
        "right_code": share(one.right for one in coded if one.found),
    }


def statement_rows(coded: Sequence[Coded]) -> list[dict[str, Any]]:
    """One row a statement: the planted codes, and those its evidence has."""
    return [
        {"check": "statement", "id": one.statement.id, "participant": one.statement.participant,
         "theme": one.statement.theme, "covered": round(one.share, 3), "expected": ", ".join(one.statement.codes),
         "got": _got(one)}
        for one in coded
    ]  # fmt: skip


def _got(one: Coded) -> str:
    if one.right:
        return ", ".join(one.statement.codes)
    if not one.found:
        return one.located.lost or NOT_CODED
    return ", ".join(sorted({code for piece in one.evidence for code in piece.codes}))


def distractor_rows(planted: Planted, places: Places, quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    """One row a distractor that takes part; what the stored text does not hold cannot be coded."""
    rows = []
    for number, one in enumerate(planted.taking_part(planted.distractors), start=1):
        _, covered = places.find(one.file, one.text).best(quotes)
        got = "coded" if covered >= HALF else NOT_CODED
        rows.append({"check": "distractor", "id": f"distractor {number}", "file": one.file,
                     "covered": round(covered, 3), "expected": NOT_CODED, "got": got})  # fmt: skip
    return rows
