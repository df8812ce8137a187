"""Buying centres as the playbook shows them: who plays which part, conflicts with both sides' words, a way on.

The heading names the account: the section says that it is internal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.models.buying_centre import BuyingCentre, CentreMember, Conflict
from app.models.claim import Citation, Claim
from app.playbook.figures import PersonView
from app.playbook.near import near_withheld
from app.playbook.quotes import QuoteDesk, Use
from app.playbook.view import QuoteView

# What of a member is shown, in this order, with the label people read.
PARTS = (
    ("influence", "Influence"), ("stance", "Stance"), ("pains", "Pain"), ("objections", "Objection"),
    ("success_criteria", "Success"), ("veto", "Veto"),
)  # fmt: skip
# The colour of the quotes: who decides with whom.
CODE = "influence"


@dataclass(frozen=True, slots=True)
class SaidView:
    """A line of a member, of common ground or of the plan: a label or sentence, and the quotes behind it. `near` and
    `note` are those of a claim."""

    text: str
    quotes: list[QuoteView]
    k: int = 0
    n: int = 0
    near: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeatView:
    """A member. `persona` is empty where no persona stands for them, `asks` counts fields without evidence."""

    person: PersonView
    role: str
    why: str
    leaning: str
    persona: str
    said: list[SaidView]
    asks: int
    ask: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    anchor: str
    issue: str
    quotes: list[QuoteView]
    why: str


@dataclass(frozen=True, slots=True)
class AbsentView:
    role: str
    ask: str
    mentions: list[QuoteView]


@dataclass(frozen=True, slots=True)
class CentreView:
    anchor: str
    ref: str
    account: str
    decision: str
    note: str
    seats: list[SeatView]
    conflicts: list[ConflictView]
    ground: list[SaidView]
    ground_ask: str
    absent: list[AbsentView]
    plan: list[SaidView]


def centre_views(centres: Sequence[BuyingCentre], desk: QuoteDesk) -> list[CentreView]:
    """All centres, called K1, K2 …; raises what `QuoteDesk.quote` raises."""
    return [CentreWriter(f"K{number}", desk).view(one) for number, one in enumerate(centres, 1)]


@dataclass(frozen=True)
class CentreWriter:
    """Writes one centre; its quotes lead back to it."""

    ref: str
    desk: QuoteDesk

    @property
    def anchor(self) -> str:
        return f"b-{self.ref.lower()}"

    def view(self, centre: BuyingCentre) -> CentreView:
        return CentreView(
            anchor=self.anchor,
            ref=self.ref,
            account=centre.account,
            decision=centre.decision,
            note=centre.missing_note,
            seats=[self.seat(member) for member in centre.members],
            conflicts=[self.conflict(number, one) for number, one in enumerate(centre.conflicts, 1)],
            ground=[self.said(claim, claim.text) for claim in centre.common_ground if claim.supporting],
            ground_ask=next((claim.gap.ask_next for claim in centre.common_ground if claim.gap), ""),
            absent=[AbsentView(one.role, one.ask_next, self.quotes(one.mentions)) for one in centre.missing_roles],
            plan=[self.said(claim, claim.text) for claim in centre.consensus_plan],
        )

    def seat(self, member: CentreMember) -> SeatView:
        claims = [(label, claim) for field, label in PARTS for claim in getattr(member, field)]
        asks = [claim.gap.ask_next for _, claim in claims if claim.gap]
        return SeatView(
            person=self.desk.person(member.participant_id),
            role=member.role,
            why=member.why,
            leaning=member.leaning,
            persona=member.persona_name,
            said=[self.said(claim, label) for label, claim in claims if claim.supporting],
            asks=len(asks),
            ask=asks[0] if asks else "",
        )

    def conflict(self, number: int, one: Conflict) -> ConflictView:
        anchor = f"{self.anchor}-{number}"
        use = Use(f"{self.ref}.{number}", f"#{anchor}", CODE)
        quotes = [self.desk.quote(quote, use) for quote in one.quotes]
        return ConflictView(anchor, one.issue, quotes, "; ".join(one.why))

    def said(self, claim: Claim, text: str) -> SaidView:
        near = text == claim.text and near_withheld(claim, self.desk.cleared)
        return SaidView(text, self.quotes(claim.supporting), claim.support.k, claim.support.n, near)

    def quotes(self, citations: Iterable[Citation]) -> list[QuoteView]:
        use = Use(self.ref, f"#{self.anchor}", CODE)
        return [self.desk.quote(citation, use) for citation in citations]
