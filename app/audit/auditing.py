"""`audit`: a persona document in, a verdict on each of its lines out. Nothing is stored, nothing is written anew.

read the document → cut it into pieces → look up its quotations, check its statements, mark stereotypes → what of the
study it leaves out.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app.audit.bearing import Passages
from app.audit.document import read_document
from app.audit.left_out import left_out
from app.audit.pieces import Piece, cut
from app.audit.quotations import Speakers, check_quotation
from app.audit.report import AuditItem, AuditReport, AuditVerdict, Kind
from app.audit.statements import Judge, Statements
from app.audit.stereotypes import stereotype_of
from app.engines.hearsay import is_order
from app.errors import BadInput, InsufficientEvidence
from app.models.evidence import Evidence
from app.models.theme import Theme
from app.workbench import Workbench
from retrieval.evidence import Consent, Excerpt, Participant, Role, Source, SourceKind


class Study(NamedTuple):
    """What an audit reads of a study."""

    participants: list[Participant]
    sources: list[Source]
    excerpts: list[Excerpt]
    evidence: list[Evidence]
    themes: list[Theme]

    @property
    def n(self) -> int:
        """How many people were listened to."""
        return len({person for source in self.sources for person in source.participant_ids})

    def of_those_who_agreed(self) -> "Study":
        """The same with the words of those alone who agreed to marketing. Who asks may repeat what others said, so
        their words go too. Turns stay, as speech is told apart by them."""
        people = [one for one in self.participants if one.consent is Consent.MARKETING]
        ids = {one.id for one in people}
        sources = [
            one.model_copy(update={"speakers": [heard for heard in one.speakers if heard.participant_id in ids]})
            for one in self.sources
        ]
        return self._replace(
            participants=people, sources=[one for one in sources if one.speakers],
            excerpts=[one for one in self.excerpts if one.participant_id in ids],
            evidence=[one for one in self.evidence if one.participant_id in ids],
        )  # fmt: skip


def audit(bench: Workbench, study_id: str, path: Path, judge: Judge | None = None) -> AuditReport:
    """The report on the document at `path`; the engine judges its statements where nobody else is named to.

    Raises NotFound for an unknown study, InsufficientEvidence where it holds no interview, BadInput or UnreadableSource
    for a document that cannot be read or says nothing.
    """
    bench = bench.for_study(study_id)
    pieces = cut(read_document(path))
    if not any(piece.checkable for piece in pieces):
        raise BadInput(f"{path}: no statement and no quotation was found. Give the persona's text, not only headings.")
    study = _load(bench, study_id)
    items = list(Checker(bench, study).items(pieces, judge or bench.engine))
    return AuditReport(
        study=study_id, document=path.name, engine=bench.engine.name, items=items,
        left_out=left_out(study.themes, study.evidence, study.sources, items, bench.embedder),
    )  # fmt: skip


def check_text(bench: Workbench, study_id: str, text: str, *, agreed: bool = False) -> list[AuditItem]:
    """The verdict on each sentence of a few; `agreed` leaves out what was said by those who did not agree to marketing.
    What they are held against is kept until anybody writes to the study.

    Raises NotFound for an unknown study, InsufficientEvidence where it holds no such interview, BadInput for a text
    that states nothing.
    """
    bench = bench.for_study(study_id)
    pieces = cut(text)
    if not any(piece.checkable for piece in pieces):
        raise BadInput("That says too little to be checked. Say in a whole sentence what they do, think or want.")
    made = bench.store.remembered.get(("checker", study_id, agreed), lambda: _checker(bench, study_id, agreed))
    return list(made.items(pieces, bench.engine))


def _checker(bench: Workbench, study_id: str, agreed: bool) -> "Checker":
    study = _load(bench, study_id)
    if agreed:
        study = study.of_those_who_agreed()
        if not any(one.kind is SourceKind.INTERVIEW for one in study.excerpts):
            raise InsufficientEvidence("a check against words that may be published", 0, 1, "Ask a researcher")
    return Checker(bench, study)


def _load(bench: Workbench, study_id: str) -> Study:
    with bench.store.transaction() as tx:
        sources = [one for one in tx.sources.all(study_id) if one.kind is SourceKind.INTERVIEW]
        found = Study(
            participants=tx.participants.all(study_id), sources=sources, excerpts=tx.excerpts.all(study_id),
            evidence=tx.evidence.all(study_id), themes=tx.results.themes(study_id),
        )  # fmt: skip
    if not found.n:
        raise InsufficientEvidence(f"an audit against “{study_id}”", 0, 1, f"Run: dramatis ingest {study_id} FOLDER")
    return found


def _speech(source: Source) -> list[str]:
    """What the participants among its speakers said, turn by turn."""
    labels = {one.label for one in source.speakers if one.role is Role.PARTICIPANT and one.participant_id}
    return [turn.of(source.text) for turn in source.turns if turn.speaker in labels]


class Checker:
    """A study ready for pieces to be held against it."""

    def __init__(self, bench: Workbench, study: Study):
        self.study = study
        # Text that gives orders to its reader is evidence of nothing.
        heard = [one for one in study.excerpts if one.kind is SourceKind.INTERVIEW and not is_order(one.text)]
        passages = Passages(heard, bench.embedder, study.evidence)
        self.statements = Statements(passages, study.sources, bench.embedder, study.n, study.evidence)
        self.speakers = Speakers(study.participants, study.sources)
        self.said = [text for source in study.sources for text in _speech(source)]

    def items(self, pieces: Sequence[Piece], judge: Judge) -> Iterator[AuditItem]:
        """One item for each piece, in their order."""
        marked = [stereotype_of(piece, self.said) for piece in pieces]
        asked = [
            piece.claim
            for piece, found in zip(pieces, marked, strict=True)
            if piece.checkable and not piece.quoted and not found
        ]
        checked = iter(self.statements.check(asked, judge))
        for piece, found in zip(pieces, marked, strict=True):
            yield found or self._judged(piece) or next(checked).model_copy(update={"text": piece.text})

    def _judged(self, piece: Piece) -> AuditItem | None:
        """The item for what is no statement."""
        if not piece.checkable:
            verdict = AuditVerdict.NOT_CHECKABLE
            return AuditItem(text=piece.text, kind=Kind.STATEMENT, verdict=verdict, n=self.study.n)
        if piece.quoted:
            return check_quotation(piece, self.study.sources, self.speakers, self.study.n)
        return None
