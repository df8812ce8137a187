"""Claims as the playbook shows them: one quote in place, the others folded, dissent beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.models.claim import Citation, Claim, ReviewState, Status
from app.models.field import FieldSpec
from app.models.persona import Portrait
from app.models.theme import Theme
from app.playbook.near import near_withheld
from app.playbook.order import Part
from app.playbook.quotes import QuoteDesk, Use
from app.playbook.view import ClaimView, FieldView, GapView, QuoteView
from app.playbook.words import family, listed, people


@dataclass(frozen=True)
class ClaimWriter:
    """Writes one persona's claims. `ref` is how the persona is called (`M1`, `A`), `numbers` its running order."""

    ref: str
    numbers: Mapping[str, int]
    desk: QuoteDesk
    themes: Mapping[str, Theme]
    specs: Mapping[str, FieldSpec]

    @property
    def persona_anchor(self) -> str:
        return f"p-{self.ref.lower()}"

    def name(self, claim: Claim) -> tuple[str, str]:
        """A claim's reference and anchor: `M1.3`, `c-m1-3`; the persona's own where it is not in the running order."""
        number = self.numbers.get(claim.id)
        if number is None:
            return self.ref, self.persona_anchor
        return f"{self.ref}.{number}", f"c-{self.ref.lower()}-{number}"

    def claim(self, claim: Claim) -> ClaimView:
        """The claim with its quotes, every one checked; raises what `QuoteDesk.quote` raises."""
        ref, anchor = self.name(claim)
        use = Use(ref, "#" + anchor, self.code(claim))
        heard = [self.desk.quote(citation, use) for citation in in_turns(claim.supporting)]
        quotes = sorted(heard, key=lambda quote: quote.withheld)
        against = [self.desk.quote(citation, use) for citation in claim.contradicting]
        return ClaimView(
            anchor=anchor,
            ref=ref,
            text=claim.text,
            label=self.spec(claim.field).label,
            family=family(use.code),
            k=claim.support.k,
            n=claim.support.n,
            inferred=claim.status is Status.INFERRED,
            confidence=f"{claim.confidence:.2f}",
            review=reviewed(claim),
            quotes=quotes,
            more=more(quotes[1:]),
            against=against,
            against_title=opposite(against, quotes),
            id=claim.id,
            decision=claim.review,
            near=near_withheld(claim, self.desk.cleared),
        )

    def code(self, claim: Claim) -> str:
        theme = self.themes.get(claim.theme_id or "")
        return theme.code if theme else next(iter(self.spec(claim.field).codes), "context")

    def spec(self, field_id: str) -> FieldSpec:
        """The field's words; a field that is no longer in the list is shown under its id."""
        bare = FieldSpec(id=field_id, label=field_id.replace("_", " ").capitalize(), codes=[], ask="")
        return self.specs.get(field_id, bare)

    def fields(self, parts: Sequence[Part]) -> list[FieldView]:
        return [
            FieldView(spec.label, hue(spec), [self.claim(claim) for claim in claims], spec.id) for spec, claims in parts
        ]


def gaps(persona: Portrait, specs: Iterable[FieldSpec]) -> list[GapView]:
    """The fields nobody, or too few, spoke about, with the question that would close each."""
    return [
        GapView(spec.label, hue(spec), claim.gap.found, claim.gap.needed, claim.gap.ask_next, spec.id)
        for spec in specs
        for claim in persona.field(spec.id)
        if claim.gap and claim.status is Status.NO_EVIDENCE
    ]


def hue(spec: FieldSpec) -> int:
    """A field's colour: that of the first code it is fed by."""
    return family(next(iter(spec.codes), "context"))


def in_turns(citations: Sequence[Citation]) -> list[Citation]:
    """The same citations with everybody's first before anybody's second, so that voices alternate."""
    heard: dict[str, int] = {}
    ranked = []
    for citation in citations:
        heard[citation.participant_id] = heard.get(citation.participant_id, 0) + 1
        ranked.append((heard[citation.participant_id], citation))
    return [citation for _, citation in sorted(ranked, key=lambda pair: pair[0])]


def reviewed(claim: Claim) -> str:
    """`accepted by Ana`; empty while nobody has looked at it."""
    if claim.review.state is ReviewState.PROPOSED:
        return ""
    return f"{claim.review.state} by {claim.review.by}" if claim.review.by else str(claim.review.state)


def voices(quotes: Sequence[QuoteView]) -> list[str]:
    return list(dict.fromkeys(quote.person for quote in quotes))


def more(quotes: Sequence[QuoteView]) -> str:
    """The label of the fold: `2 more, from P07 and P12`."""
    return f"{len(quotes)} more, from {listed(voices(quotes))}" if quotes else ""


def opposite(against: Sequence[QuoteView], support: Sequence[QuoteView]) -> str:
    """Who disagrees, in words, and whether they also agreed; empty where nobody disagrees."""
    who = voices(against)
    also = " also" if set(who) <= set(voices(support)) else ""
    if len(who) == 1:
        return f"{who[0]}{also} speaks against it"
    return f"{people(len(who))}{also} speak against it: {listed(who)}" if who else ""
