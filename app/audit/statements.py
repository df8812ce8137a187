"""Statements of a document, held against what participants said: supported, contradicted, or without evidence.

What bears on a statement must come nearer than chance would (`data/unsaid.yaml`). Then its sentences speak for it or
against it (`app.audit.opposition`). A judge, where one is given, decides about what bears on it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import yaml

from app import DATA
from app.audit.bearing import AVERAGED, Bearing, Passages, shorn
from app.audit.opposition import Stand, opposition, stands
from app.audit.report import NOBODY, AuditItem, AuditVerdict, Heard, Kind
from app.models.evidence import Evidence
from app.support.quantifiers import misfit
from app.support.tone import tone
from retrieval.embedder import Embedder
from retrieval.evidence import Source

# What bears on a statement must come nearer than three in four lines that nobody said.
NEARER_THAN = 0.75
# Opposition from which what was said contradicts; praise is contradicted by less, as complaints seldom name it.
AGAINST = 0.4
AGAINST_PRAISE = 0.15
# Codes of what goes badly for people.
COMPLAINING = frozenset({"pain_point", "stressor", "objection"})
MOST_HEARD = 5
# Who comes this near to the best passages says so too; further off, people share a subject.
COUNTED = 0.85


class Judge(Protocol):
    """Whoever can tell better than words and vectors whether evidence supports a statement."""

    def judge(self, items: Sequence[tuple[str, Sequence[str]]]) -> list[str | None]:
        """For each statement with its evidence: `supported`, `contradicted`, `no_evidence`, or None for no opinion."""
        ...


class Weighed(NamedTuple):
    """A statement with what bears on it."""

    text: str
    bearing: Bearing
    found: list[Stand]


class Statements:
    """All statements of a document are checked against one study."""

    def __init__(
        self,
        passages: Passages,
        sources: Sequence[Source],
        embedder: Embedder,
        n: int,
        evidence: Sequence[Evidence] = (),
    ):
        self.passages, self.embedder, self.n = passages, embedder, n
        self.complaints = [one.quote for one in evidence if COMPLAINING & set(one.codes)]
        self.source_by_id = {source.id: source for source in sources}
        self.level = float(np.quantile([passages.on(line).score for line in _unsaid()], NEARER_THAN))

    def check(self, texts: Sequence[str], judge: Judge | None = None) -> list[AuditItem]:
        """One item for each text, in their order."""
        weighed = [self._weigh(text) for text in texts]
        verdicts = [self._verdict(one) for one in weighed]
        if judge and weighed:
            asked = [(one.text, [near.excerpt.text for near in one.bearing.passages]) for one in weighed]
            verdicts = [_known(told, own) for told, own in zip(judge.judge(asked), verdicts, strict=True)]
        return [self._item(one, verdict) for one, verdict in zip(weighed, verdicts, strict=True)]

    def _weigh(self, text: str) -> Weighed:
        bearing = self.passages.on(text)
        return Weighed(text, bearing, stands(text, bearing.passages, self.embedder, self.complaints))

    def _verdict(self, one: Weighed) -> AuditVerdict:
        if one.bearing.score < self.level or not one.found:
            return AuditVerdict.NO_EVIDENCE
        return AuditVerdict.CONTRADICTED if opposition(one.found) >= _enough(one.text) else AuditVerdict.SUPPORTED

    def _item(self, one: Weighed, verdict: AuditVerdict) -> AuditItem:
        if verdict is AuditVerdict.NO_EVIDENCE:
            return AuditItem(
                text=one.text, kind=Kind.STATEMENT, verdict=verdict, n=self.n, why=_why(verdict, 0, self.n)
            )
        heard = self._against(one) if verdict is AuditVerdict.CONTRADICTED else self._for(one)
        k = len({near.participant_id for near in heard})
        why = " ".join(filter(None, [_why(verdict, k, self.n), _counted(one.text, k, self.n, verdict)]))
        shown = heard[:MOST_HEARD]
        return AuditItem(text=one.text, kind=Kind.STATEMENT, verdict=verdict, k=k, n=self.n, evidence=shown, why=why)

    def _for(self, one: Weighed) -> list[Heard]:
        """The passages that come near enough to count as saying so, and always the nearest."""
        passages = one.bearing.passages
        best = float(np.mean([near.score for near in passages[:AVERAGED]]))
        near = [passage for passage in passages if passage.score >= max(self.level, COUNTED * best)]
        return [
            self._heard(passage.excerpt.source_id, passage.person, passage.excerpt.start, passage.excerpt.end)
            for passage in near or passages[:1]
        ]

    def _against(self, one: Weighed) -> list[Heard]:
        """The sentences that stand against it, else the nearest."""
        against = [stand for stand in one.found if stand.against > 0] or one.found[:1]
        return [
            self._heard(stand.near.excerpt.source_id, stand.near.person, start, start + len(stand.text))
            for stand in against
            for start in [stand.near.excerpt.start + stand.span.start]
        ]

    def _heard(self, source_id: str, person: str, start: int, end: int) -> Heard:
        source = self.source_by_id[source_id]
        return Heard(
            participant_id=person, source_id=source.id, source_name=source.name, start=start, end=end,
            text=source.text[start:end],
        )  # fmt: skip


def _enough(statement: str) -> float:
    """How much opposition contradicts the statement."""
    return AGAINST_PRAISE if tone(shorn(statement)) > 0 else AGAINST


def _known(told: str | None, own: AuditVerdict) -> AuditVerdict:
    """The judge's verdict, where it has one that a statement can have."""
    allowed = (AuditVerdict.SUPPORTED, AuditVerdict.CONTRADICTED, AuditVerdict.NO_EVIDENCE)
    return next((verdict for verdict in allowed if verdict == told), own)


def _why(verdict: AuditVerdict, k: int, n: int) -> str:
    if verdict is AuditVerdict.NO_EVIDENCE:
        return f"{NOBODY} speaks of this."
    return f"{k} of {n} say {'otherwise' if verdict is AuditVerdict.CONTRADICTED else 'so'}."


def _counted(text: str, k: int, n: int, verdict: AuditVerdict) -> str:
    wrong = misfit(text, k, n) if verdict is AuditVerdict.SUPPORTED else ""
    return f"But it {wrong}." if wrong else ""


@cache
def _unsaid(path: Path = DATA / "unsaid.yaml") -> tuple[str, ...]:
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")))
