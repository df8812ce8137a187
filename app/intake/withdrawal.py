"""Withdrawal: whoever takes back consent goes, with everything that could bring them back.

Their transcripts, the notes about them, their row, the codes people gave to their words, the kept files, what
was drafted, in every version (each counted them), and what was published in the home folder. What stays is a
digest of the id, so that a later import without the table does not let them in again.
"""

from app.intake.crm import forget_accounts
from app.intake.leaving import Leaving, find_leaving, forget_beside, take_out
from app.intake.roster import Roster
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.evidence import Source, SourceKind


def why_withheld(source: Source, roster: Roster) -> str | None:
    """Why the source may not be in the study; None where it may."""
    if any(roster.has_withdrawn(person) for person in source.participant_ids):
        return "consent withdrawn"
    if source.kind is SourceKind.NOTE and roster.speaks_of_withdrawn(f"{source.name}\n{source.text}"):
        return "it is about somebody who withdrew consent"
    return None


def find_withdrawn(tx: Transaction, study_id: str, roster: Roster) -> Leaving:
    """What of the study belongs to people who withdrew."""
    return find_leaving(tx, study_id, lambda source: why_withheld(source, roster), roster.has_withdrawn)


def forget_withdrawn(bench: Workbench, study_id: str, roster: Roster) -> list[str]:
    """Remove what was imported before somebody withdrew; one line for each source that went."""
    with bench.store.transaction() as tx:
        withdrew = tx.withdrawals.add(study_id, roster.digests)
        forget_accounts(tx, study_id, roster.withdrawn_accounts)
        leaving = find_withdrawn(tx, study_id, roster)
        take_out(tx, study_id, leaving)
        # Also where nothing of theirs is left to remove: earlier versions of personas may still quote them.
        if leaving.sources or withdrew:
            tx.results.clear(study_id)
    if leaving.sources or withdrew:
        forget_beside(bench, study_id, leaving)
    return [f"{source.name}: {why}, removed" for source, why in leaving.sources]
