"""Ingest: files in, sources in the store and the index.

participants.csv first → each file read, split, embedded → saved in one transaction.
A file that cannot be read is reported and the rest goes on; nothing half imported is left behind.
Whoever withdrew consent is not imported: not the transcript, not the row, not notes about them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.intake.batch import Intake, gather
from app.intake.originals import keep_original, prune_originals
from app.intake.roster import Roster, load_roster
from app.intake.withdrawal import forget_withdrawn, why_withheld
from app.progress import Progress, Silent, each
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.embedder import Vectors
from retrieval.errors import UnreadableSource
from retrieval.evidence import Excerpt, Participant, Source, SourceKind
from retrieval.readers import read_source
from retrieval.splitting import make_excerpts, split_sentences


@dataclass
class IngestReport:
    """What became of each file, by name."""

    imported: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    refused: list[UnreadableSource] = field(default_factory=list)

    def outcomes(self) -> dict[str, list[str]]:
        """What was done → names of files."""
        words = ("imported", "replaced", "unchanged", "withheld", "skipped")
        return {word: getattr(self, word) for word in words}

    def as_dict(self) -> dict[str, list[str]]:
        return {**self.outcomes(), "repairs": self.repairs, "refused": [str(error) for error in self.refused]}


def ingest(
    bench: Workbench,
    study_id: str,
    paths: Sequence[Path],
    *,
    kind: SourceKind | None = None,
    interviewer: str | None = None,
    participants: Path | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Import everything under `paths` into the study.

    Raises NotFound for an unknown study, BadInput for a path that does not exist, and UnreadableSource for
    a participants table that cannot be used (then nothing is imported: it says who withdrew). Files that
    cannot be read are in the report.
    """
    bench.study(study_id)
    batch = gather(paths, kind, participants)
    with bench.store.transaction() as tx:
        known, earlier = tx.participants.all(study_id), tx.withdrawals.all(study_id)
    roster = load_roster(study_id, batch.participants, known, earlier)
    report = IngestReport(skipped=batch.skipped, withheld=forget_withdrawn(bench, study_id, roster))
    for intake in each(progress or Silent(), "Reading", batch.files):
        try:
            _ingest_file(bench, study_id, intake, roster, interviewer, report)
        except UnreadableSource as error:
            report.refused.append(error)
    _save_people(bench, study_id, roster, report)
    return report


def _ingest_file(
    bench: Workbench, study_id: str, intake: Intake, roster: Roster, interviewer: str | None, report: IngestReport
) -> None:
    rows = roster.table.rows_for(intake.name)
    if any(roster.has_withdrawn(row.participant.id) for row in rows):
        report.withheld.append(f"{intake.name}: consent withdrawn")
        return
    source = read_source(
        intake.path,
        name=intake.name,
        kind=intake.kind,
        interviewer=interviewer or next((row.interviewer for row in rows if row.interviewer), None),
        participant_id=rows[0].participant.id if len(rows) == 1 else None,
        labels=roster.table.labels_for(intake.name),
    )
    if reason := why_withheld(source, roster):
        report.withheld.append(f"{intake.name}: {reason}")
    else:
        _save(bench, study_id, source, intake.path, report)


def _save(bench: Workbench, study_id: str, source: Source, path: Path, report: IngestReport) -> None:
    """Keep, store and index the source.

    New vectors are added before the store commits and old ones removed after it, so that the index may know
    more than the store but never less.
    """
    before = _same_words(bench, study_id, source)
    if before == source:
        report.unchanged.append(source.name)
        return
    excerpts = make_excerpts(source, split_sentences(source))
    vectors = bench.embedder.encode([one.text for one in excerpts])
    keep_original(bench.settings, study_id, source, path)
    with bench.store.transaction() as tx:
        earlier = _delete_earlier(tx, study_id, source)
        _add(bench, tx, study_id, source, excerpts, vectors)
    bench.index.remove(study_id, sorted(earlier - {one.id for one in excerpts}))
    if earlier:
        prune_originals(bench, study_id)
    (report.replaced if earlier else report.imported).append(source.name)
    report.repairs += [f"{source.name}: {repair}" for repair in source.repairs]


def _same_words(bench: Workbench, study_id: str, source: Source) -> Source | None:
    """The stored source of the same bytes; UnreadableSource where it came from a file of another name."""
    with bench.store.transaction() as tx:
        before = tx.sources.get(study_id, source.id)
    if before and before.name != source.name:
        reason = f"it holds the same words as {before.name}, which is imported already"
        raise UnreadableSource(source.name, reason, "Leave one out")
    return before


def _delete_earlier(tx: Transaction, study_id: str, source: Source) -> set[str]:
    """Delete what this source replaces (an earlier reading of it, or other bytes under its name); its excerpts' ids."""
    earlier = {source.id, tx.sources.id_of(study_id, source.name) or source.id}
    excerpts = {one for old in earlier for one in tx.excerpts.ids_of_source(study_id, old)}
    for old in earlier:
        tx.sources.delete(study_id, old)
    return excerpts


def _add(
    bench: Workbench, tx: Transaction, study_id: str, source: Source, excerpts: list[Excerpt], vectors: Vectors
) -> None:
    heard = {person.id for person in tx.participants.all(study_id)}
    tx.participants.save(study_id, [Participant(id=one) for one in source.participant_ids if one not in heard])
    # What was made from other words must not be shown as if it knew these.
    tx.results.clear(study_id)
    tx.sources.add(study_id, source)
    tx.excerpts.add(study_id, excerpts)
    bench.index.add(study_id, excerpts, vectors)


def _save_people(bench: Workbench, study_id: str, roster: Roster, report: IngestReport) -> None:
    """Store the table's rows of people who were heard; a row of somebody unknown is reported."""
    with bench.store.transaction() as tx:
        heard = {one for source in tx.sources.all(study_id) for one in source.participant_ids}
        people = roster.taking_part
        tx.participants.save(study_id, [people[one] for one in sorted(heard & people.keys())])
    for row in roster.unheard(heard):
        reason = f"{row.participant.id} is in no imported file"
        remedy = "Correct the id, or name the transcript in the column `file`"
        report.refused.append(UnreadableSource(roster.table.where, reason, remedy, row.line))
