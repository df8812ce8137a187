"""The shelf: sources on their way into store and index, a batch at a time.

One embedding call and one transaction for many small sources: a table's rows would spend most of their
time on commits otherwise. Every source is stored with its excerpts and vectors or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.intake.changes import describe_change
from app.intake.codings import carry_codings, drop_codings
from app.intake.copies import forget_answers
from app.intake.originals import keep_original, prune_originals
from app.intake.report import IngestReport
from app.intake.roster import Roster
from app.intake.withdrawal import why_withheld
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.contexts import embed_excerpts
from retrieval.errors import UnreadableSource
from retrieval.evidence import Excerpt, Participant, Source
from retrieval.readers import Entry
from retrieval.splitting import make_excerpts, split_sentences

# Excerpts embedded together: enough to fill batches of equal length, little enough to hold in memory.
BATCH = 512


@dataclass
class Shelf:
    """Sources are added one by one; `close` saves those still waiting. With `whole` none is saved before."""

    bench: Workbench
    study_id: str
    roster: Roster
    report: IngestReport
    described: dict[str, dict[str, str]] = field(default_factory=dict)
    whole: bool = False
    _waiting: list[tuple[Entry, list[Excerpt]]] = field(default_factory=list)
    _replaced: bool = False
    _gone: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Take a source in, unless somebody in it withdrew, or it is there already."""
        source = entry.source
        if reason := why_withheld(source, self.roster):
            self.report.withheld.append(f"{source.name}: {reason}")
            return
        self._note_attributes(entry)
        if self._is_new(source):
            self._waiting.append((entry, make_excerpts(source, split_sentences(source))))
            if not self.whole and sum(len(excerpts) for _, excerpts in self._waiting) >= BATCH:
                self.flush()

    def close(self, also: Callable[[Transaction], None] | None = None) -> None:
        """Save what waits, and in the same transaction whatever else belongs to it."""
        self.flush(also)
        if self._replaced:
            prune_originals(self.bench, self.study_id)

    def flush(self, also: Callable[[Transaction], None] | None = None) -> None:
        """Keep, store and index what waits; `also` is done when the sources are stored.

        New vectors are added before the store commits and old ones removed after it, so that the index may
        know more than the store but never less.
        """
        if not self._waiting:
            if also is not None:
                with self.bench.store.transaction() as tx:
                    also(tx)
            return
        batch, self._waiting = self._waiting, []
        excerpts = [one for _, own in batch for one in own]
        vectors = embed_excerpts([(entry.source, own) for entry, own in batch], self.bench.finder)
        for entry, _ in batch:
            if entry.raw is not None:
                keep_original(self.bench.settings, self.study_id, entry.source, entry.raw)
        with self.bench.store.transaction() as tx:
            earlier = {old for entry, _ in batch for old in self._put(tx, entry)}
            if self._replaced:
                # What was made from other words must not be shown; what lacks new words is stale.
                tx.results.retire(self.study_id)
            tx.excerpts.add(self.study_id, excerpts)
            if also is not None:
                also(tx)
            self.bench.index.add(self.study_id, excerpts, vectors)
        self.bench.index.remove(self.study_id, sorted(earlier - {one.id for one in excerpts}))
        self._forget_answers()

    def remove(self, names: Sequence[str]) -> None:
        """Take out sources that are no longer in the file they came from."""
        with self.bench.store.transaction() as tx:
            sources = [found for name in names if (found := tx.sources.named(self.study_id, name))]
            excerpts = {one for old in sources for one in self._delete(tx, old)}
            self.report.codings += drop_codings(tx, self.study_id, sources)
            if sources:
                tx.results.retire(self.study_id)
        self.bench.index.remove(self.study_id, sorted(excerpts))
        self._forget_answers()
        self.report.removed += [source.name for source in sources]

    def _forget_answers(self) -> None:
        """What a language model made of words that are no longer stored goes with them."""
        forget_answers(self.bench, self._gone)
        self._gone.clear()

    def _is_new(self, source: Source) -> bool:
        """Whether the source is not stored as it is; raises UnreadableSource where another name holds its bytes."""
        waiting = {entry.source.id: entry.source for entry, _ in self._waiting}
        with self.bench.store.transaction() as tx:
            before = waiting.get(source.id) or tx.sources.get(self.study_id, source.id)
        if before and before.name != source.name:
            reason = f"it holds the same words as {before.name}, which is imported already"
            raise UnreadableSource(source.name, reason, "Leave one out")
        if before == source:
            self.report.unchanged.append(source.name)
        return before != source

    def _put(self, tx: Transaction, entry: Entry) -> set[str]:
        """Store the source in the place of what it replaces; the ids of the excerpts that went."""
        source = entry.source
        named = tx.sources.named(self.study_id, source.name)
        same = tx.sources.get(self.study_id, source.id)
        gone = {one for old in (named, same) if old for one in self._delete(tx, old)}
        if before := named or same:
            self.report.replaced.append(source.name)
            self.report.changes.append(describe_change(before, source))
        else:
            self.report.imported.append(source.name)
        self.report.repairs += [f"{source.name}: {repair}" for repair in source.repairs]
        self._add_people(tx, entry)
        tx.sources.add(self.study_id, source)
        self.report.codings += carry_codings(tx, self.study_id, [old for old in (named, same) if old], source)
        return gone

    def _delete(self, tx: Transaction, old: Source) -> list[str]:
        self._replaced = True
        self._gone.add(old.id)
        excerpts = tx.excerpts.ids_of_source(self.study_id, old.id)
        tx.sources.delete(self.study_id, old.id)
        return excerpts

    def _add_people(self, tx: Transaction, entry: Entry) -> None:
        """Whoever is heard here first; of somebody known, what a survey's row says is added."""
        known = tx.participants.get(self.study_id, entry.source.participant_ids)
        people = [Participant(id=one) for one in entry.source.participant_ids if one not in known]
        if entry.participant:
            people = [_updated(known.get(entry.participant.id), entry)]
        tx.participants.save(self.study_id, people)

    def _note_attributes(self, entry: Entry) -> None:
        """The participants table replaces what is known of its people; what a survey says of them is added again."""
        if entry.participant and entry.participant.id in self.roster.listed:
            self.described.setdefault(entry.participant.id, {}).update(entry.participant.attributes)


def _updated(known: Participant | None, entry: Entry) -> Participant:
    new = entry.participant or Participant(id="")
    if known is None:
        return new
    consent = new.consent if entry.consent_told else known.consent
    return Participant(id=known.id, attributes={**known.attributes, **new.attributes}, consent=consent)
