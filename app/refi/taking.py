"""Taking: a project into a study, whole or not at all.

Everything is read and checked before anything is stored; then sources, people, codebook and codings are stored in one
transaction. Whoever withdrew is not taken, by the project's word or by an earlier one: neither their sources nor what
is coded in them. Results (themes, segments, personas) are taken only into a study that has none, from a project whose
`project.qde` is the one they were written with, and only if every quote in them stands where it is said to. That says
nothing of who wrote them: what people decided about claims is not taken over, and counts are made anew.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.intake.originals import prune_originals
from app.intake.report import IngestReport
from app.intake.roster import Roster
from app.intake.shelf import Shelf
from app.intake.withdrawal import forget_withdrawn
from app.models.codebook import Code, Codebook
from app.models.coding import HumanCode
from app.models.evidence import Evidence
from app.models.field import FieldSpec
from app.refi.beside import Beside, Results, read_beside, stands
from app.refi.coded import CodedWords, coded_words
from app.refi.package import Package
from app.refi.people import People, people_of
from app.refi.project import Project
from app.refi.project_in import read_project
from app.refi.results_in import Arriving, not_taken_over
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.errors import UnreadableSource
from retrieval.evidence import Participant, Source


def take_project(bench: Workbench, study_id: str, path: Path, where: str) -> IngestReport:
    """Import the package at `path` into the study; `where` is the name it is known by.

    Raises NotFound for an unknown study, UnreadableSource, with the line, where nothing of the package can be used.
    What a study cannot hold is in the report.
    """
    bench = bench.for_study(study_id)
    with Package(path, where) as package:
        project = read_project(package, bench.codebook, fed_fields(bench))
        beside = read_beside(package.beside(), project.digest)
    return _Taking(bench, study_id, project, beside, people_of(project, beside)).run()


def fed_fields(bench: Workbench) -> set[str]:
    """What a code can feed: the fields, and whatever a code of the study's codebook feeds beyond them."""
    fields: Sequence[FieldSpec] = bench.fields
    return {one.id for one in fields} | {feed for code in bench.codebook.codes for feed in code.feeds}


@dataclass
class _Taking:
    bench: Workbench
    study_id: str
    project: Project
    beside: Beside | None
    people: People
    report: IngestReport = field(default_factory=IngestReport)
    _left_out: int = 0

    def run(self) -> IngestReport:
        sources = {guid: entry.source for guid, entry in self.people.entries.items()}
        coded = coded_words(self.project, sources)
        roster = self._roster()
        self.report.withheld += forget_withdrawn(self.bench, self.study_id, roster)
        shelf = Shelf(self.bench, self.study_id, roster, self.report, whole=True)
        for entry in self.people.entries.values():
            try:
                shelf.add(entry)
            except UnreadableSource as error:
                self.report.refused.append(error)
        try:
            shelf.close(lambda tx: self._store(tx, roster, coded))
        except Exception:
            prune_originals(self.bench, self.study_id)
            raise
        self._tell(coded)
        return self.report

    def _roster(self) -> Roster:
        with self.bench.store.transaction() as tx:
            known = {one.id: one for one in tx.participants.all(self.study_id)}
            earlier = tx.withdrawals.all(self.study_id)
        return Roster(self.study_id, self.people.table, known=known, earlier=frozenset(earlier))

    def _store(self, tx: Transaction, roster: Roster, coded: CodedWords) -> None:
        taken = {one.id: one for one in tx.sources.all(self.study_id)}
        own = {entry.source.id for entry in self.people.entries.values()} & taken.keys()
        fresh = not tx.evidence.by_engine(self.study_id) and not tx.codings.all(self.study_id)
        self._save_people(tx, roster)
        self._save_codes(tx, fresh)
        self._save_evidence(tx, coded, {id: taken[id] for id in own})
        self._save_decisions(tx, coded, {id: taken[id] for id in own}, fresh)
        if self.beside and fresh:
            self._save_results(tx, self.beside.results, taken)

    def _save_people(self, tx: Transaction, roster: Roster) -> None:
        """What the project says of people who are heard, over what is known; a consent it does not tell stays."""
        heard = tx.sources.participant_ids(self.study_id)
        known = tx.participants.get(self.study_id, sorted(heard))
        listed = [one for one in roster.listed_people if one.id in heard]
        tx.participants.save(self.study_id, [self._merged(one, known.get(one.id)) for one in listed])

    def _merged(self, new: Participant, known: Participant | None) -> Participant:
        if known is None:
            return new
        consent = new.consent if new.id in self.people.told else known.consent
        return Participant(id=new.id, attributes={**known.attributes, **new.attributes}, consent=consent)

    def _save_codes(self, tx: Transaction, fresh: bool) -> None:
        """A study without codings has the project's own codebook; to any other new codes are added."""
        known, read = self.bench.codebook, self.project.codes
        own = tx.codebooks.get(self.study_id)
        codes: list[Code] = [*known.codes, *(code for code in read.codes if code.id not in known.ids)]
        if read.ours and fresh and own is None:
            codes = read.codes
        if codes != known.codes:
            tx.codebooks.save(self.study_id, Codebook(version=known.version + 1, codes=codes))

    def _save_evidence(self, tx: Transaction, coded: CodedWords, sources: dict[str, Source]) -> None:
        """What engines of ours found, in sources in which none has read here."""
        here = tx.evidence.by_engine(self.study_id)
        read = {one.quote.source_id for one in here}
        found = _by_source(self.beside.evidence) if self.beside else coded.evidence
        kept = 0
        for source_id, source in sources.items():
            evidence = [one for one in found.get(source_id, []) if stands(one.quote, source)]
            self._left_out += len(found.get(source_id, [])) - len(evidence)
            if source_id in read:
                kept += bool({one.id for one in evidence} - {one.id for one in here})
            elif evidence:
                tx.evidence.replace(self.study_id, source_id, evidence)
        if kept:
            self._say(self.report.codings, f"sources in which the engine's own reading stays as it is here: {kept}")

    def _save_decisions(self, tx: Transaction, coded: CodedWords, sources: dict[str, Source], fresh: bool) -> None:
        told = self.beside.decisions if self.beside else coded.decisions
        # What lies in a text that is withheld is told of with the text.
        here = [(one, sources[one.quote.source_id]) for one in told if one.quote.source_id in sources]
        standing = [_named(one, source) for one, source in here if stands(one.quote, source)]
        self._left_out += len(here) - len(standing)
        decisions = list({one.id: one for one in standing}.values())
        if self.beside and fresh:
            tx.codings.put(self.study_id, decisions)
        else:
            tx.codings.save(self.study_id, decisions)
        self._tell_coders(decisions)

    def _tell_coders(self, decisions: Sequence[HumanCode]) -> None:
        by = Counter(one.by for one in decisions)
        if by:
            listed = ", ".join(f"{name} ({count})" for name, count in sorted(by.items()))
            self._say(self.report.codings, f"codes given by people taken: {by.total()}, by {listed}")

    def _save_results(self, tx: Transaction, results: Results, sources: dict[str, Source]) -> None:
        """All of them or none: what counts somebody who is not here would count wrongly."""
        whole = not self.report.withheld and {one.id for one in (self.beside.sources if self.beside else [])} == set(
            sources
        )
        quoted = all(stands(one, sources.get(one.source_id)) for one in results.quotes())
        arriving = Arriving.of(results.personas, sources.values(), tx.evidence.all(self.study_id))
        if (
            not (whole and quoted and arriving.counts())
            or tx.results.tree(self.study_id)
            or tx.results.versions(self.study_id)
        ):
            self._say(self.report.skipped, "themes, segments and personas (make them anew with a run)")
            return
        tx.results.save_themes(self.study_id, results.themes)
        if results.tree:
            tx.results.save_tree(self.study_id, results.tree, results.basis)
        if results.provenance:
            tx.results.save_personas(self.study_id, arriving.proposed(), results.refused, results.provenance)
        self._say(self.report.skipped, *not_taken_over(results.reviews))
        for about in ("segment", "theme"):
            tx.reshapings.replace(self.study_id, about, [one for one in results.reshapings if one.about == about])

    def _tell(self, coded: CodedWords) -> None:
        taken = {*self.report.imported, *self.report.replaced, *self.report.unchanged}
        self._say(self.report.skipped, *self.people.remarks)
        if self._left_out:
            why = "whoever is named does not say these words in the text that is here"
            self._say(self.report.codings, f"codings left out, since {why}: {self._left_out}")
        if self.beside is None:
            self._say(self.report.codings, *coded.remarks)
            self._say(self.report.skipped, *self.project.left_out)
        if not taken and not self.report.withheld and not self.report.refused:
            self._say(self.report.skipped, "no text to import")

    def _say(self, told: list[str], *lines: str) -> None:
        """Lines of the report, each with the project it is of."""
        told += [f"{self.project.where}: {line}" for line in lines]


def _named(decision: HumanCode, source: Source) -> HumanCode:
    """The decision with the name its text has here: the same text may be here under another."""
    return decision.model_copy(update={"source_name": source.name})


def _by_source(evidence: Collection[Evidence]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for one in evidence:
        found.setdefault(one.quote.source_id, []).append(one)
    return found
