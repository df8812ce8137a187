"""The quote desk: turns citations into quotes that can be shown, and remembers where each was used.

A quote is rendered from its source, never from the citation's own copy, and only if it is word for word what
was cited and stands in the speech of the participant it is credited to. So a playbook cannot show a
quote that is not one; it is refused as a whole instead.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from app.errors import BadInput, NotFound
from app.models.cast import Cast
from app.models.claim import Citation, Claim, ReviewState, Status
from app.playbook.figures import PersonView
from app.playbook.view import QuoteView
from app.playbook.words import WITHHELD, clock, describe
from retrieval.evidence import Consent, Participant, Role, Source, Turn, sha256

Place = tuple[str, int, int]
"""A quote's whereabouts: source id, start, end."""


@dataclass(frozen=True)
class Use:
    """One claim's use of a quote: how the claim is called, where it stands, under which code it was read."""

    ref: str
    href: str
    code: str


@dataclass
class QuoteDesk:
    """`uses` fills up while personas are built; transcripts read it afterwards."""

    sources: dict[str, Source]
    people: dict[str, Participant]
    cited: frozenset[str]
    uses: dict[Place, list[Use]] = field(default_factory=lambda: defaultdict(list))
    withheld: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        cast: Cast,
        sources: Iterable[Source],
        more: Iterable[Citation] = (),
        withheld: frozenset[str] = frozenset(),
    ) -> "QuoteDesk":
        """`more` are citations shown beside those of the personas; of whom is `withheld` no words are shown."""
        cited = frozenset(citation.source_id for citation in [*citations_of(cast), *more])
        shown = [person for person in cast.participants if person.consent is not Consent.WITHDRAWN]
        return cls({s.id: s for s in sources}, {p.id: p for p in shown}, cited, withheld=withheld)

    @cached_property
    def cleared(self) -> frozenset[str]:
        """Who may be quoted in marketing."""
        return frozenset(one.id for one in self.people.values() if one.consent is Consent.MARKETING)

    def quote(self, citation: Citation, use: Use) -> QuoteView:
        """The citation as a quote; raises NotFound (no such source) or BadInput (it does not hold)."""
        source = self.source(citation.source_id)
        turn = self.turn_of(citation, source)
        self.note(citation, use)
        withheld = citation.participant_id in self.withheld
        return QuoteView(
            text=self.shown(citation.of(source.text), citation.participant_id),
            person=citation.participant_id,
            where=where_in(turn),
            href="" if withheld else "#" + self.anchor(source.id, citation.start, citation.end),
            marketing=self.people[citation.participant_id].consent is Consent.MARKETING,
            coded_by=citation.coded_by,
            withheld=withheld,
        )

    def shown(self, words: str, person_id: str) -> str:
        """Somebody's words on one line; that they are withheld where they are."""
        return WITHHELD if person_id in self.withheld else " ".join(words.split())

    def source(self, source_id: str) -> Source:
        if source_id not in self.sources:
            raise NotFound("source", source_id, "Import it again, then draft the personas anew")
        return self.sources[source_id]

    def turn_of(self, citation: Citation, source: Source) -> Turn:
        """The turn the quote stands in; BadInput unless it is that participant's, word for word."""
        if sha256(citation.of(source.text)) != citation.sha256:
            raise BadInput(f"A quote no longer stands in {source.name}. Draft the personas anew.")
        turn = source.turn_at(citation.start)
        if turn is None or citation.end > turn.end or not self.said(citation.participant_id, turn, source):
            raise BadInput(
                f"A quote in {source.name} is not in the words of {citation.participant_id}, "
                "or they are not part of this study. Draft the personas anew."
            )
        return turn

    def said(self, person_id: str, turn: Turn, source: Source) -> bool:
        """Whether a turn was spoken by this participant, and they are part of the study."""
        speaker = source.speaker(turn.speaker)
        return speaker.role is Role.PARTICIPANT and speaker.participant_id == person_id and person_id in self.people

    def note(self, citation: Citation, use: Use) -> None:
        known = self.uses[citation.source_id, citation.start, citation.end]
        if use not in known:
            known.append(use)

    def number(self, source_id: str) -> int:
        """Sources are numbered as given, from 1, for short anchors that hold no one's words."""
        return list(self.sources).index(source_id) + 1

    def anchor(self, source_id: str, start: int, end: int) -> str:
        return f"q-{self.number(source_id)}-{start}-{end}"

    def source_anchor(self, source_id: str) -> str:
        return f"s-{self.number(source_id)}"

    def person(self, person_id: str, why: str = "") -> PersonView:
        """A participant, linked to their transcript where the page shows it and it may be read."""
        person = self.people.get(person_id) or Participant(id=person_id)
        spoke = (s.id for s in self.sources.values() if s.id in self.cited and person_id in s.participant_ids)
        source_id = next(spoke, None)
        return PersonView(
            id=person.id,
            description=describe(person),
            marketing=person.consent is Consent.MARKETING,
            href=f"#{self.source_anchor(source_id)}" if source_id and person_id not in self.withheld else "",
            why=why,
        )


def where_in(turn: Turn) -> str:
    """Where a turn is found: `02:37` in a recording, else `turn 14`."""
    return clock(turn.time_start) if turn.time_start is not None else f"turn {turn.index + 1}"


def is_shown(claim: Claim) -> bool:
    """Whether a claim may be printed: it has evidence, and nobody rejected it in review."""
    return claim.status is not Status.NO_EVIDENCE and claim.review.state is not ReviewState.REJECTED


def citations_of(cast: Cast) -> Iterable[Citation]:
    """Every citation the playbook may show, contrast pairs and buying centres included."""
    for persona in cast.personas:
        for claim in persona.claims():
            yield from claim.citations if is_shown(claim) else []
        for pair in getattr(persona, "contrast", []):
            yield from [*pair.ours.citations, *pair.theirs.citations]
    for centre in cast.buying_centres:
        yield from centre.citations()
