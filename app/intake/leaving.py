"""Leaving: what goes when somebody withdraws or a source is removed, found once, for the preview and for the deed.

Sources go whole, and with them excerpts, evidence and the codes people gave there. What was drafted counted them, so
it goes in every version. Copies beside the store follow once the store has committed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.intake.copies import forget_copies
from app.intake.originals import drop_results, prune_originals
from app.intake.uploads import drop_reports, drop_uploads
from app.models.coding import HumanCode
from app.models.evidence import Evidence
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.evidence import Participant, Source


@dataclass(frozen=True)
class Leaving:
    """`sources` are the sources with why each goes; `is_gone` tells who leaves the study by their id."""

    sources: Sequence[tuple[Source, str]]
    people: Sequence[Participant]
    excerpts: Sequence[str]
    evidence: Sequence[Evidence]
    codings: Sequence[HumanCode]
    is_gone: Callable[[str], bool]

    @property
    def source_ids(self) -> set[str]:
        return {source.id for source, _ in self.sources}


def find_leaving(
    tx: Transaction, study_id: str, why_goes: Callable[[Source], str | None], is_gone: Callable[[str], bool]
) -> Leaving:
    """Everything that goes with the sources for which `why_goes` has a reason, and with the people who are gone."""
    sources = [(source, why) for source in tx.sources.each(study_id) if (why := why_goes(source))]
    lost = {source.id for source, _ in sources}
    coded = tx.codings.all(study_id)
    return Leaving(
        sources=sources,
        people=[person for person in tx.participants.all(study_id) if is_gone(person.id)],
        excerpts=[one for source in lost for one in tx.excerpts.ids_of_source(study_id, source)],
        evidence=[one for one in tx.evidence.all(study_id) if one.quote.source_id in lost],
        codings=[one for one in coded if one.quote.source_id in lost or is_gone(one.quote.participant_id)],
        is_gone=is_gone,
    )


def take_out(tx: Transaction, study_id: str, leaving: Leaving) -> None:
    """Remove it from the store."""
    for source, _ in leaving.sources:
        tx.sources.delete(study_id, source.id)
    tx.codings.delete(study_id, [one.id for one in leaving.codings])
    spoken = {one.id for one in tx.evidence.all(study_id)}
    tx.reshapings.forget(study_id, lambda id: leaving.is_gone(id) or (id.startswith("ev_") and id not in spoken))
    for person in leaving.people:
        tx.participants.delete(study_id, person.id)


def forget_beside(bench: Workbench, study_id: str, leaving: Leaving) -> None:
    """Remove what lies beside the store: vectors, answers, kept files, what was published."""
    bench.index.remove(study_id, leaving.excerpts)
    forget_copies(bench, leaving.source_ids)
    prune_originals(bench, study_id)
    drop_results(bench.settings, study_id)


def scrub(bench: Workbench, study_id: str) -> list[str]:
    """Overwrite what deleted rows leave behind in files, and drop uploads and reports, which may name anybody.

    Returns a sentence for whatever could not be done now.
    """
    drop_reports(bench.settings, study_id, but="")
    drop_uploads(bench.settings, study_id)
    bench.index.scrub(study_id)
    return [] if bench.store.scrub() else [STILL_READ]


STILL_READ = (
    "Somebody was reading the database, so its journal may hold deleted pages a little longer: it is emptied with the "
    "next erasure, or when the workbench stops."
)
