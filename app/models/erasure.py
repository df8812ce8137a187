"""Erasure: what goes with a participant or a source, and the receipt once it is gone. Counts and names, no words."""

from app.models.base import Model
from retrieval.evidence import SourceKind


class GoingSource(Model):
    id: str
    name: str
    kind: SourceKind
    why: str


class GoingPersona(Model):
    """`quotes` says whether any version of it cites what goes."""

    id: str
    name: str
    quotes: bool


class ErasurePreview(Model):
    """What an erasure removes. Either `participant_id` or `source_id` is given; `also_heard` are others whose words are
    in the sources that go, `left` the sources that stay. All personas go: each was drafted from a study that counted
    what goes."""

    study_id: str
    participant_id: str = ""
    source_id: str = ""
    sources: list[GoingSource]
    notes: int
    participants: list[str]
    also_heard: list[str]
    accounts: int
    excerpts: int
    evidence: int
    codings: int
    themes: int
    personas: list[GoingPersona]
    versions: int
    published: int
    originals: int
    uploads: int
    answers: int
    left: int

    def lines(self) -> list[tuple[str, int, str]]:
        """What, how many, and a word about it; what there is none of is left out."""
        told = [
            ("Sources", len(self.sources), "with their text, speakers and times"),
            ("Participants", len(self.participants), "with what is known of them"),
            ("Accounts", self.accounts, "of a CRM, where nobody else of the study is"),
            ("Excerpts", self.excerpts, "with their vectors and their words in the search"),
            ("Pieces of evidence", self.evidence, ""),
            ("Codes given by people", self.codings, ""),
            ("Kept original files", self.originals, ""),
            ("Themes", self.themes, "all of the study, since they counted this"),
            ("Personas", len(self.personas), "all of the study, since they counted this"),
            ("Versions of personas", self.versions, "with reviews, what was published and briefs"),
            ("Published files", self.published, "in the home folder"),
            ("Uploads and their reports", self.uploads, "which may name anybody; send again what waits"),
            ("Answers of language models", self.answers, "made from these words"),
        ]
        return [row for row in told if row[1]]


class Receipt(Model):
    """What went; `later` says what could not be overwritten at once, and when it is."""

    gone: ErasurePreview
    later: list[str] = []
