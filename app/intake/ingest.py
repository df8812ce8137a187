"""Ingest: files in, sources in the store and the index.

participants.csv first → each file read, split, embedded → saved, a batch in one transaction → what a CRM
says of the people who were heard. A file that cannot be read is reported and the rest goes on; nothing
half imported is left behind. Whoever withdrew consent is not imported: not the transcript, not the row,
not notes about them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.intake.accounts import describe_people
from app.intake.batch import Batch, Intake, gather
from app.intake.consent import lowered
from app.intake.crm import keep_accounts
from app.intake.originals import drop_exports, original_of
from app.intake.report import IngestReport
from app.intake.roster import Roster, load_roster
from app.intake.shelf import Shelf
from app.intake.wishes import Wishes, casting_for, corrected, said_about
from app.intake.withdrawal import forget_withdrawn
from app.progress import Progress, Silent, each
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.errors import UnreadableSource
from retrieval.evidence import Correction, Participant, Source, SourceKind
from retrieval.readers import (
    TABLES,
    WRITTEN,
    Entry,
    Table,
    TableKind,
    check_table,
    find_tables,
    open_tables,
    read_bytes,
    table_entries,
    withdrawn_in,
)  # fmt: skip

__all__ = ["IngestReport", "ingest", "reread"]


def ingest(
    bench: Workbench,
    study_id: str,
    paths: Sequence[Path],
    *,
    kind: SourceKind | None = None,
    interviewer: str | None = None,
    same: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    participants: Path | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Import everything under `paths` into the study.

    `interviewer` is the label of who asks, `same` maps labels to another label of the same person (both are
    remembered for the files they hold for), `columns` maps a table's columns to what they mean.
    Raises NotFound for an unknown study, BadInput for a path that does not exist, and UnreadableSource for
    a participants table that cannot be used (then nothing is imported: it says who withdrew). Files that
    cannot be read are in the report.
    """
    bench.study(study_id)
    batch = gather(paths, kind, participants)
    try:
        return _Import(bench, study_id, batch, Wishes(kind, interviewer, same or {}, columns or {})).run(progress)
    finally:
        batch.close()


def reread(bench: Workbench, study_id: str, source: Source, said: Correction) -> IngestReport:
    """Read the kept original of a source anew, with `said` as all that is known of its speakers.

    Raises BadInput where the original was not kept.
    """
    kept = Intake(original_of(bench.settings, study_id, source), source.name, source.kind, chosen=True)
    return _Import(bench, study_id, Batch(files=[kept]), Wishes(kind=source.kind, exactly=said)).run(None)


class _Import:
    """One import: the batch, what is known beforehand, and where its sources go."""

    def __init__(self, bench: Workbench, study_id: str, batch: Batch, wishes: Wishes):
        self.bench, self.study_id, self.batch, self.wishes = bench, study_id, batch, wishes
        self.report = IngestReport(skipped=batch.skipped, refused=list(batch.refused))
        self.roster = self._roster()
        self.shelf = Shelf(bench, study_id, self.roster, self.report)
        self.crm: list[Table] = []

    def run(self, progress: Progress | None) -> IngestReport:
        self.report.withheld += forget_withdrawn(self.bench, self.study_id, self.roster)
        for intake in each(progress or Silent(), "Reading", self.batch.files):
            try:
                self._read(intake)
            except UnreadableSource as error:
                self.report.refused.append(error)
        self.shelf.close()
        self._save_people()
        self._keep_accounts()
        return self.report

    def _roster(self) -> Roster:
        """Who takes part, by the participants table, by earlier imports and by the consent columns of this batch."""
        with self.bench.store.transaction() as tx:
            known = tx.participants.all(self.study_id)
            earlier = tx.withdrawals.all(self.study_id)
        roster = load_roster(self.study_id, self.batch.participants, known, earlier)
        gone = {person for intake in self.batch.files for person in self._withdrawn_in(intake)}
        return replace(roster, also=frozenset(gone))

    def _withdrawn_in(self, intake: Intake) -> set[str]:
        if intake.suffix not in TABLES:
            return set()
        try:
            tables = find_tables(intake.content(), intake.name, self.wishes.columns)
            return {person for table in tables for person in withdrawn_in(table)}
        except UnreadableSource:
            return set()  # reported when its turn comes to be read

    def _read(self, intake: Intake) -> None:
        rows = self.roster.table.rows_for(intake.name)
        if any(self.roster.has_withdrawn(row.participant.id) for row in rows):
            self.report.withheld.append(f"{intake.name}: consent withdrawn")
        elif intake.suffix in TABLES:
            self._read_tables(intake)
        else:
            self._read_file(intake)

    def _read_tables(self, intake: Intake) -> None:
        tables = find_tables(intake.content(), intake.name, self.wishes.columns)
        if any(TableKind.SPEECH in table.kinds for table in tables):
            self._read_file(intake)
        elif not any(table.kinds for table in tables) and not intake.chosen:
            self.report.skipped.append(f"{intake.name} (what its columns mean is not known; say it with --map)")
        else:
            self._read_rows(intake)

    def _read_rows(self, intake: Intake) -> None:
        """Every row is read once before the first is kept, so that a broken table leaves nothing behind."""
        tables = open_tables(intake.content(), intake.name, self.wishes.columns)
        for table in tables:
            check_table(table)
        self.report.repairs += [f"{table.name}: {remark}" for table in tables for remark in table.remarks()]
        self.crm += [table for table in tables if TableKind.CRM in table.kinds]
        rows: set[int] = set()
        for table in tables:
            self._shelve(table, rows)
        with self.bench.store.transaction() as tx:
            stored = tx.sources.names_under(self.study_id, intake.name)
        self.shelf.remove([name for name in stored if hash(name) not in rows])

    def _shelve(self, table: Table, rows: set[int]) -> None:
        """Put every row on the shelf, and remember its name in `rows` (as a hash: there may be a million)."""
        known = 0
        for entry in table_entries(table):
            rows.add(hash(entry.source.name))
            try:
                self.shelf.add(entry)
            except UnreadableSource:
                known += 1
        if known:
            self.report.skipped.append(f"{table.name} (rows that another table holds already: {known})")

    def _read_file(self, intake: Intake) -> None:
        with self.bench.store.transaction() as tx:
            earlier = tx.sources.named(self.study_id, intake.name)
        said = said_about(self.wishes, earlier.correction if earlier else None)
        raw = intake.load()
        casting = casting_for(intake, self.roster, said)
        source = read_bytes(raw, intake.name, kind=self._kind(intake), casting=casting, columns=self.wishes.columns)
        self.shelf.add(Entry(corrected(source, said), raw))

    def _kind(self, intake: Intake) -> SourceKind:
        """A page or a message is an interview only where the user or the participants table says so."""
        listed = intake.suffix in WRITTEN and self.wishes.kind is None and self.roster.table.rows_for(intake.name)
        return SourceKind.INTERVIEW if listed else intake.kind

    def _save_people(self) -> None:
        """Store what is known of people who were heard, and forget who no longer is; report rows of strangers."""
        with self.bench.store.transaction() as tx:
            heard = tx.sources.participant_ids(self.study_id)
            before = tx.participants.all(self.study_id)
            for person in before:
                if person.id not in heard:
                    tx.participants.delete(self.study_id, person.id)
            listed = self.roster.listed_people
            tx.participants.save(self.study_id, [self._described(one) for one in listed if one.id in heard])
            self._describe_people(tx)
            less = lowered(before, tx.participants.all(self.study_id))
        if less:
            drop_exports(self.bench.settings, self.study_id)
        for row in self.roster.unheard(heard):
            reason = f"{row.participant.id} is in no imported file"
            remedy = "Correct the id, or name the transcript in the column `file`"
            self.report.refused.append(UnreadableSource(self.roster.table.where, reason, remedy, row.line))

    def _described(self, person: Participant) -> Participant:
        """What the participants table says of somebody, and what a survey of this import adds."""
        survey = self.shelf.described.get(person.id, {})
        return person.model_copy(update={"attributes": {**survey, **person.attributes}})

    def _describe_people(self, tx: Transaction) -> None:
        """Add what CRM tables say of people who were heard."""
        if not self.crm:
            return
        try:
            gained = describe_people(tx, self.study_id, self.crm)
        except UnreadableSource as error:
            self.report.refused.append(error)
        else:
            self.report.described.append(f"{gained} participants, by {', '.join(table.name for table in self.crm)}")

    def _keep_accounts(self) -> None:
        """Keep what CRM tables measure of accounts, a table whole or not at all."""
        for table in self.crm:
            try:
                kept = keep_accounts(self.bench, self.study_id, table)
            except UnreadableSource as error:
                self.report.refused.append(error)
            else:
                if kept:
                    self.report.described.append(f"{kept} accounts, by {table.name}")
