"""AuditReport: each item of a persona document with its verdict, and what the document leaves out.

Its JSON holds `items: [{text, kind, verdict, k, n, evidence: […]}]`, `left_out` and who was audited against what.
"""

from collections import Counter
from enum import StrEnum

from pydantic import Field

from app.models.base import Model


class Kind(StrEnum):
    STATEMENT = "statement"
    QUOTE = "quote"
    STEREOTYPE = "stereotype"


NOBODY = "Nobody in the study"


class AuditVerdict(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NO_EVIDENCE = "no_evidence"
    INVENTED = "invented"
    WRONG_SPEAKER = "wrong_speaker"
    NEAR = "near"
    STEREOTYPE = "stereotype"
    NOT_CHECKABLE = "not_checkable"


class Heard(Model):
    """What was said that bears on an item, cut from its source."""

    participant_id: str
    source_id: str
    source_name: str
    start: int
    end: int
    text: str


class AuditItem(Model):
    """`k` of the `n` participants said what the verdict rests on; `why` is for readers of the report, not for JSON."""

    text: str
    kind: Kind
    verdict: AuditVerdict
    k: int = 0
    n: int = 0
    evidence: list[Heard] = []
    why: str = Field("", exclude=True)


class LeftOut(Model):
    """A theme that no statement of the document touches."""

    theme_id: str
    label: str
    k: int
    n: int
    evidence: list[Heard] = []


class AuditReport(Model):
    study: str
    document: str
    engine: str
    items: list[AuditItem]
    left_out: list[LeftOut]

    @property
    def counts(self) -> dict[AuditVerdict, int]:
        """How often each verdict was given, in the order of the verdicts."""
        found = Counter(item.verdict for item in self.items)
        return {verdict: found[verdict] for verdict in AuditVerdict if found[verdict]}
