"""Material: everything read of one study before synthesis, loaded once and passed along."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.engines.base import Profile
from app.errors import Conflict, InsufficientEvidence
from app.models.evidence import Evidence
from app.models.segment import SegmentTree
from app.models.study import Study
from app.models.theme import Theme
from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.evidence import Participant, Source, SourceKind


@dataclass(frozen=True)
class Material:
    study: Study
    participants: list[Participant]
    sources: list[Source]
    evidence: list[Evidence]
    themes: list[Theme]
    tree: SegmentTree | None

    @cached_property
    def by_id(self) -> dict[str, Evidence]:
        return {one.id: one for one in self.evidence}

    @cached_property
    def row_by_id(self) -> dict[str, int]:
        """The place of each piece of evidence in `evidence`."""
        return {one.id: row for row, one in enumerate(self.evidence)}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        return {one.id: one for one in self.sources}

    @cached_property
    def person_by_id(self) -> dict[str, Participant]:
        return {one.id: one for one in self.participants}

    @cached_property
    def interviewed(self) -> list[str]:
        """Participants heard in an interview, by id."""
        interviews = [one for one in self.sources if one.kind is SourceKind.INTERVIEW]
        return sorted({person for source in interviews for person in source.participant_ids})

    def code_of(self, theme_id: str | None) -> str | None:
        """The code of a theme; None where the claim rests on no theme."""
        return next((theme.code for theme in self.themes if theme.id == theme_id), None)

    def countering(self, theme_id: str | None) -> list[Evidence]:
        """What takes the opposite stance of a theme, clearest first; nothing where a claim rests on no theme."""
        own = next((theme for theme in self.themes if theme.id == theme_id), None)
        if own is None:
            return []
        opposite = [theme for theme in self.themes if theme.id in own.counter_ids]
        ids = [*(one for theme in opposite for one in theme.evidence_ids), *own.dissent]
        return [self.by_id[one] for one in ids if one in self.by_id]

    def with_themes(self, themes: Sequence[Theme]) -> "Material":
        return replace(self, themes=list(themes))

    def profiles(self) -> list[Profile]:
        """One profile for each participant heard, in order of id."""
        said: dict[str, list[Evidence]] = defaultdict(list)
        for one in self.evidence:
            said[one.participant_id].append(one)
        return [Profile(participant=self.person_by_id[one], evidence=said[one]) for one in self.interviewed]


def load_material(bench: Workbench, study_id: str) -> Material:
    """Everything stored of the study; NotFound where it does not exist."""
    study = bench.study(study_id)
    with bench.store.transaction() as tx:
        return Material(
            study=study,
            participants=tx.participants.all(study_id),
            sources=tx.sources.all(study_id),
            evidence=tx.evidence.all(study_id),
            themes=tx.results.themes(study_id),
            tree=tx.results.tree(study_id),
        )


def must_stand(tx: Transaction, study_id: str, source_ids: Iterable[str]) -> None:
    """Conflict where a source that something was made from is gone: saved, it would bring back what somebody who
    withdrew has said. The transaction is alone, or has written already."""
    if not set(source_ids) <= set(tx.sources.ids_by_import(study_id)):
        raise Conflict("Sources went or were replaced while this was made, so it was not saved. Start it once more.")


def load_coded_material(bench: Workbench, study_id: str) -> Material:
    """The same, where there is evidence; else InsufficientEvidence, which says what to do."""
    material = load_material(bench, study_id)
    if not material.evidence:
        raise InsufficientEvidence("synthesis", 0, 1, f"Code the interviews first: dramatis code {study_id}")
    return material
