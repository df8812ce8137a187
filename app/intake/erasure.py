"""Erasure: one participant, or one source, goes with everything that was made of it; first as a preview.

The preview counts exactly what the deed removes, since both ask `app.intake.leaving`. The receipt says what went, and
holds nobody's words.
"""

from collections.abc import Sequence
from pathlib import Path

from app.engines.llm.cache import AnswerCache
from app.errors import NotFound
from app.intake.crm import forget_accounts
from app.intake.leaving import Leaving, find_leaving, forget_beside, scrub, take_out
from app.intake.roster import Roster
from app.intake.withdrawal import find_withdrawn
from app.models.erasure import ErasurePreview, GoingPersona, GoingSource, Receipt
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.evidence import Source, SourceKind

__all__ = ["ErasurePreview", "Receipt", "erase_participant", "erase_source", "preview_erasure", "preview_removal"]
REMOVED = "chosen to be removed"


def preview_erasure(bench: Workbench, study_id: str, participant_id: str) -> ErasurePreview:
    """What goes when the participant does; NotFound for a study or participant that is not there."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        roster = _roster(tx, study_id, participant_id)
        leaving = find_withdrawn(tx, study_id, roster)
        return _preview(bench, tx, study_id, leaving, participant=participant_id, accounts=roster.withdrawn_accounts)


def erase_participant(bench: Workbench, study_id: str, participant_id: str) -> Receipt:
    """Remove the participant and whatever could bring them back, from store and files.

    What stays is a digest of their id, so that a later import leaves them out. Nothing that was drafted is left, in
    no version: it counted them.
    """
    before = preview_erasure(bench, study_id, participant_id)
    with bench.store.transaction() as tx:
        roster = _roster(tx, study_id, participant_id)
        tx.withdrawals.add(study_id, roster.digests)
        forget_accounts(tx, study_id, roster.withdrawn_accounts)
        leaving = find_withdrawn(tx, study_id, roster)
        take_out(tx, study_id, leaving)
        tx.results.clear(study_id)
    return _clean_up(bench, study_id, leaving, before)


def preview_removal(bench: Workbench, study_id: str, source_id: str) -> ErasurePreview:
    """What goes when the source does; NotFound for a study or source that is not there."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        leaving = _with_source(tx, study_id, source_id)
        return _preview(bench, tx, study_id, leaving, source=source_id)


def erase_source(bench: Workbench, study_id: str, source_id: str) -> Receipt:
    """Remove the source, and people who are heard in no other; what was drafted goes in every version."""
    before = preview_removal(bench, study_id, source_id)
    with bench.store.transaction() as tx:
        leaving = _with_source(tx, study_id, source_id)
        take_out(tx, study_id, leaving)
        tx.results.clear(study_id)
    return _clean_up(bench, study_id, leaving, before)


def _clean_up(bench: Workbench, study_id: str, leaving: Leaving, before: ErasurePreview) -> Receipt:
    forget_beside(bench, study_id, leaving)
    return Receipt(gone=before, later=scrub(bench, study_id))


def _roster(tx: Transaction, study_id: str, participant_id: str) -> Roster:
    """Everybody who withdrew before, and the participant."""
    known = {person.id: person for person in tx.participants.all(study_id)}
    if participant_id not in known:
        listed = f"Participants are {', '.join(known)}" if known else "Nobody was imported yet"
        raise NotFound("participant", participant_id, listed)
    also = frozenset({participant_id})
    return Roster(study_id, known=known, earlier=frozenset(tx.withdrawals.all(study_id)), also=also)


def _with_source(tx: Transaction, study_id: str, source_id: str) -> Leaving:
    chosen = tx.sources.get(study_id, source_id)
    if chosen is None:
        raise NotFound("source", source_id, "It may have been removed or replaced already")
    others = (one for one in tx.sources.each(study_id) if one.id != source_id)
    heard = {person for one in others for person in one.participant_ids}
    gone = set(chosen.participant_ids) - heard
    return find_leaving(tx, study_id, lambda source: REMOVED if source.id == source_id else None, lambda id: id in gone)


def _preview(
    bench: Workbench, tx: Transaction, study_id: str, leaving: Leaving, *, participant: str = "", source: str = "",
    accounts: frozenset[str] = frozenset(),
) -> ErasurePreview:  # fmt: skip
    versions = tx.results.versions(study_id)
    heard = {person for one, _ in leaving.sources for person in one.participant_ids}
    settings, digests = bench.settings, {one.content_sha256 for one, _ in leaving.sources}
    kept = tx.sources.count(study_id) - len(leaving.sources)
    return ErasurePreview(
        study_id=study_id,
        participant_id=participant,
        source_id=source,
        sources=[_going(one, why) for one, why in leaving.sources],
        notes=sum(one.kind is SourceKind.NOTE for one, _ in leaving.sources),
        participants=[person.id for person in leaving.people],
        also_heard=sorted(one for one in heard if not leaving.is_gone(one)),
        accounts=len(accounts),
        excerpts=len(leaving.excerpts),
        evidence=len(leaving.evidence),
        codings=len(leaving.codings),
        themes=len(tx.results.themes(study_id)),
        personas=_personas(tx, study_id, leaving),
        versions=len(versions),
        published=_files(settings.results / study_id),
        originals=len({path.stem for path in _each_file(settings.files / study_id)} & digests),
        uploads=_files(settings.uploads / study_id),
        answers=AnswerCache(settings.answers).count_holding(leaving.source_ids),
        left=kept,
    )


def _going(source: Source, why: str) -> GoingSource:
    """The source with why it goes, said as it is before anybody has withdrawn."""
    theirs = "they speak in it" if source.kind is SourceKind.INTERVIEW else "it is about them"
    return GoingSource(id=source.id, name=source.name, kind=source.kind, why=why if why == REMOVED else theirs)


def _personas(tx: Transaction, study_id: str, leaving: Leaving) -> list[GoingPersona]:
    """Each persona of which there is a version, newest last, and whether a source that goes is cited in any."""
    found: dict[str, GoingPersona] = {}
    for one in tx.results.versions(study_id):
        cites = any(citation.source_id in leaving.source_ids for claim in one.claims() for citation in claim.citations)
        cited = cites or (one.id in found and found[one.id].quotes)
        found[one.id] = GoingPersona(id=one.id, name=one.name, quotes=cited)
    return list(found.values())


def _each_file(folder: Path) -> Sequence[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _files(folder: Path) -> int:
    return len(_each_file(folder))
