"""Searching: the study's retriever over this bench's index and store, and what a search can be limited to."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from app.errors import BadInput, InsufficientEvidence, NotFound
from app.workbench import Workbench
from retrieval.evidence import Consent, Excerpt, SourceKind
from retrieval.index import Hit
from retrieval.scope import Scope

if TYPE_CHECKING:
    from retrieval.chain import EvidenceRetriever

EVERYTHING = Scope()
Choice = TypeVar("Choice", bound=StrEnum)


class StudyCatalogue:
    """A `retrieval.catalogue.Catalogue` of the study's excerpts, kept in the store."""

    def __init__(self, bench: Workbench, study_id: str):
        self.bench, self.study_id = bench, study_id

    def search(self, words: str, limit: int, within: Collection[str] | None = None) -> list[Hit]:
        with self.bench.store.transaction() as tx:
            return tx.excerpts.search(self.study_id, words, limit, within)

    def get(self, ids: Sequence[str]) -> dict[str, Excerpt]:
        with self.bench.store.transaction() as tx:
            return tx.excerpts.get(self.study_id, ids)

    def within(self, scope: Scope) -> frozenset[str]:
        """The ids of all excerpts in scope; asked again, as for each field of a persona, they are remembered."""
        return self.bench.store.remembered.get((self.study_id, scope), lambda: self._within(scope))

    def _within(self, scope: Scope) -> frozenset[str]:
        people = scope.people
        with self.bench.store.transaction() as tx:
            if scope.consent is not None:
                agreed = {one.id for one in tx.participants.all(self.study_id) if one.consent in scope.consent}
                people = frozenset(agreed) if people is None else people & agreed
            return tx.excerpts.within(self.study_id, scope, people)

    def surroundings(self, excerpts: Sequence[Excerpt]) -> list[tuple[str, str]]:
        with self.bench.store.transaction() as tx:
            return tx.excerpts.surroundings(self.study_id, excerpts)


def build_retriever(
    bench: Workbench, study_id: str, *, limit: int, scope: Scope = EVERYTHING, per_person: int | None = 3
) -> "EvidenceRetriever":
    """The study's retriever; see `EvidenceRetriever` for what the settings mean."""
    # LangChain takes half a second to load, which the first page need not wait for.
    from retrieval.chain import EvidenceRetriever

    return EvidenceRetriever(
        study_id=study_id,
        index=bench.index,
        catalogue=StudyCatalogue(bench, study_id),
        embedder=bench.finder,
        limit=limit,
        per_person=per_person,
        scope=scope,
    )


def scope_of(
    bench: Workbench,
    study_id: str,
    *,
    people: Collection[str] | None = None,
    segment: str | None = None,
    codes: Collection[str] | None = None,
    kind: str | None = None,
    consent: str | None = None,
    since: float | None = None,
    until: float | None = None,
) -> Scope:
    """A scope in the user's words; `segment`, by id or name, stands for its members.

    Raises NotFound for a study, participant, segment or code that is not known, BadInput for a kind or consent
    that there is none of and for times the wrong way round, InsufficientEvidence for codes where nothing is coded yet.
    """
    bench = bench.for_study(study_id)
    if since is not None and until is not None and since > until:
        raise BadInput(f"Nothing lies between {since:g} and {until:g} seconds. Give the earlier time as the first.")
    wanted = None if people is None else _known_people(bench, study_id, people)
    if segment is not None:
        members = frozenset(_members(bench, study_id, segment))
        wanted = members if wanted is None else wanted & members
    return Scope(
        people=wanted,
        codes=None if codes is None else _known_codes(bench, study_id, codes),
        kinds=None if kind is None else frozenset({_one_of(SourceKind, kind, "kind")}),
        consent=None if consent is None else frozenset({_one_of(Consent, consent, "consent")}),
        since=since,
        until=until,
    )


def _one_of(choices: type[Choice], value: str, what: str) -> Choice:
    try:
        return choices(value)
    except ValueError as error:
        raise BadInput(f"“{value}” is no {what}. Give one of: {', '.join(choices)}.") from error


def _known_people(bench: Workbench, study_id: str, people: Collection[str]) -> frozenset[str]:
    with bench.store.transaction() as tx:
        known = [person.id for person in tx.participants.all(study_id)]
    for person in people:
        if person not in known:
            raise NotFound("participant", person, f"Participants are {', '.join(known)}")
    return frozenset(people)


def _known_codes(bench: Workbench, study_id: str, codes: Collection[str]) -> frozenset[str]:
    for code in codes:
        if code not in bench.codebook.ids:
            raise NotFound("code", code, f"Codes are {', '.join(bench.codebook.ids)}")
    with bench.store.transaction() as tx:
        if not tx.evidence.count(study_id):
            raise InsufficientEvidence(f"a search by code in “{study_id}”", 0, 1, f"Run: dramatis code {study_id}")
    return frozenset(codes)


def _members(bench: Workbench, study_id: str, name: str) -> list[str]:
    with bench.store.transaction() as tx:
        tree = tx.results.tree(study_id)
    segments = tree.segments if tree else []
    for segment in segments:
        if name in (segment.id, segment.name):
            return segment.participant_ids
    known = ", ".join(segment.name for segment in segments)
    raise NotFound("segment", name, f"Segments are {known}" if known else "Make them with: dramatis segment STUDY")
