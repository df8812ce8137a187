"""Scope: what a search is limited to."""

from retrieval.evidence import Consent, Excerpt, Noun, SourceKind


class Scope(Noun):
    """Every part that is given must hold; None means anything.

    `people`   participants; a segment is the list of its members. Notes belong to nobody and drop out
    `sources`  ids of sources
    `kinds`    interviews, notes
    `codes`    excerpts that hold evidence of one of these codes
    `consent`  excerpts of participants whose consent is one of these; notes drop out
    `since`, `until`  seconds from the start of a recording, by the start of the turn; what has no time drops out
    """

    people: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    kinds: frozenset[SourceKind] | None = None
    codes: frozenset[str] | None = None
    consent: frozenset[Consent] | None = None
    since: float | None = None
    until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether it limits nothing."""
        return self == Scope()

    def holds(self, excerpt: Excerpt, consent: Consent | None = None, codes: frozenset[str] = frozenset()) -> bool:
        """Whether an excerpt is in scope, given its participant's consent and the codes of its evidence."""
        return (
            _among(excerpt.participant_id, self.people)
            and _among(excerpt.source_id, self.sources)
            and _among(excerpt.kind, self.kinds)
            and _among(consent, self.consent)
            and (self.codes is None or not self.codes.isdisjoint(codes))
            and self._in_time(excerpt.time)
        )

    def _in_time(self, time: float | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return time is not None and (self.since or 0.0) <= time and (self.until is None or time <= self.until)


def _among(value: str | None, wanted: frozenset[str] | frozenset[SourceKind] | frozenset[Consent] | None) -> bool:
    return wanted is None or value in wanted
