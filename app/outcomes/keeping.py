"""Keeping: outcomes imported, listed and removed. They hold nobody's words, so erasing a participant leaves them."""

from typing import NamedTuple

from app.models.outcome import Outcome
from app.outcomes.reading import Known, read_outcomes
from app.synthesis.reviewing import personas_of
from app.workbench import Workbench


class Imported(NamedTuple):
    """`replaced` of the `rows` took the place of earlier ones."""

    rows: int
    replaced: int


def import_outcomes(bench: Workbench, study_id: str, raw: bytes, where: str) -> Imported:
    """Keep what a table says; the same table again changes nothing.

    Raises NotFound for an unknown study, BadInput or UnreadableSource where any of it cannot be used.
    """
    bench.study(study_id)
    with bench.store.transaction() as tx:
        known = Known(personas_of(tx, study_id), {one.id: one for one in tx.briefs.all(study_id)})
        found = read_outcomes(raw, where, known)
        return Imported(len(found), tx.outcomes.save(study_id, found))


def list_outcomes(bench: Workbench, study_id: str) -> list[Outcome]:
    """By persona, stage, asset and period; NotFound for an unknown study."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        return tx.outcomes.all(study_id)


def clear_outcomes(bench: Workbench, study_id: str) -> int:
    """Remove all; returns how many there were. NotFound for an unknown study."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        return tx.outcomes.clear(study_id)
