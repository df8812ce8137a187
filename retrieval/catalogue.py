"""The port of everything a search needs to know besides vectors, and a catalogue in memory.

A catalogue belongs to one study. `app.searching.StudyCatalogue` keeps it in the store; `MemoryCatalogue` serves
whoever has a list of sources and no store.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from retrieval.bm25 import Bm25
from retrieval.evidence import Excerpt, Participant, Source, Span
from retrieval.index import Hit
from retrieval.scope import Scope


class Catalogue(Protocol):
    """The excerpts of one study: their words, and which of them are in a scope."""

    def search(self, words: str, limit: int, within: Collection[str] | None = None) -> list[Hit]:
        """Excerpts that share words with `words`, best first, among the ids `within`. Score: BM25."""

    def get(self, ids: Sequence[str]) -> dict[str, Excerpt]:
        """Excerpts by id; what is not known is left out."""

    def within(self, scope: Scope) -> Collection[str]:
        """The ids of all excerpts in scope."""

    def surroundings(self, excerpts: Sequence[Excerpt]) -> list[tuple[str, str]]:
        """For each excerpt, the text of its context before and after it."""


class MemoryCatalogue:
    """A catalogue of the excerpts of `sources`.

    `participants` says what they consented to, `coded` which codes an excerpt's id holds evidence of.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        excerpts: Sequence[Excerpt],
        participants: Iterable[Participant] = (),
        coded: Mapping[str, Collection[str]] | None = None,
    ):
        self.texts = {source.id: source.text for source in sources}
        self.excerpts = {one.id: one for one in excerpts}
        self.consent = {person.id: person.consent for person in participants}
        self.coded = coded or {}
        self._words = Bm25([one.text for one in excerpts])

    def search(self, words: str, limit: int, within: Collection[str] | None = None) -> list[Hit]:
        allowed = self.excerpts.keys() if within is None else set(within)
        scored = zip(self.excerpts, self._words.scores(words), strict=True)
        hits = [Hit(one, score) for one, score in scored if score and one in allowed]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]

    def get(self, ids: Sequence[str]) -> dict[str, Excerpt]:
        return {one: self.excerpts[one] for one in ids if one in self.excerpts}

    def within(self, scope: Scope) -> set[str]:
        return {one.id for one in self.excerpts.values() if self._in(scope, one)}

    def surroundings(self, excerpts: Sequence[Excerpt]) -> list[tuple[str, str]]:
        return [split_context(one, one.around.of(self.texts[one.source_id])) for one in excerpts]

    def _in(self, scope: Scope, one: Excerpt) -> bool:
        consent = self.consent.get(one.participant_id) if one.participant_id else None
        return scope.holds(one, consent, frozenset(self.coded.get(one.id, ())))


def split_context(excerpt: Excerpt, around: str) -> tuple[str, str]:
    """The text of an excerpt's context, `around`, before and after the excerpt."""
    own = Span(start=excerpt.start - excerpt.around.start, end=excerpt.end - excerpt.around.start)
    return around[: own.start].strip(), around[own.end :].strip()
