"""Withdrawal: whoever takes back consent goes, with everything that could bring them back.

Their transcripts, the notes about them, their row, the codes people gave to their words, the kept files, what
was drafted, in every version (each counted them), and what was published in the home folder. What stays is a
digest of the id, so that a later import without the table does not let them in again.
"""

from app.intake.copies import forget_copies
from app.intake.crm import forget_accounts
from app.intake.originals import drop_results, prune_originals
from app.intake.roster import Roster
from app.workbench import Workbench
from retrieval.evidence import Source, SourceKind


def why_withheld(source: Source, roster: Roster) -> str | None:
    """Why the source may not be in the study; None where it may."""
    if any(roster.has_withdrawn(person) for person in source.participant_ids):
        return "consent withdrawn"
    if source.kind is SourceKind.NOTE and roster.speaks_of_withdrawn(f"{source.name}\n{source.text}"):
        return "it is about somebody who withdrew consent"
    return None


def forget_withdrawn(bench: Workbench, study_id: str, roster: Roster) -> list[str]:
    """Remove what was imported before somebody withdrew; one line for each source that went."""
    with bench.store.transaction() as tx:
        withdrew = tx.withdrawals.add(study_id, roster.digests)
        forget_accounts(tx, study_id, roster.withdrawn_accounts)
        gone = [(source, why) for source in tx.sources.each(study_id) if (why := why_withheld(source, roster))]
        excerpts = [one for source, _ in gone for one in tx.excerpts.ids_of_source(study_id, source.id)]
        for source, _ in gone:
            tx.sources.delete(study_id, source.id)
        lost = {source.id for source, _ in gone}
        coded = tx.codings.all(study_id)
        theirs = [
            one.id for one in coded if one.quote.source_id in lost or roster.has_withdrawn(one.quote.participant_id)
        ]
        tx.codings.delete(study_id, theirs)
        spoken = {one.id for one in tx.evidence.all(study_id)}
        tx.reshapings.forget(
            study_id, lambda id: roster.has_withdrawn(id) or (id.startswith("ev_") and id not in spoken)
        )
        for person in tx.participants.all(study_id):
            if roster.has_withdrawn(person.id):
                tx.participants.delete(study_id, person.id)
        # Also where nothing of theirs is left to remove: earlier versions of personas may still quote them.
        if gone or withdrew:
            tx.results.clear(study_id)
    if gone or withdrew:
        bench.index.remove(study_id, excerpts)
        forget_copies(bench, lost)
        prune_originals(bench, study_id)
        drop_results(bench.settings, study_id)
    return [f"{source.name}: {why}, removed" for source, why in gone]
