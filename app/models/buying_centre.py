"""Buying centre: the people of one account who take part in a decision, where they pull apart and what unites them."""

from enum import StrEnum

from pydantic import Field

from app.models.base import Model
from app.models.claim import Citation, Claim

Claims = list[Claim]


class BuyingRole(StrEnum):
    USER = "user"
    TECHNICAL = "technical evaluator"
    ECONOMIC = "economic decision maker"
    SPONSOR = "strategic sponsor"
    PROCUREMENT = "procurement"
    INFLUENCER = "influencer"
    GATEKEEPER = "gatekeeper"
    CHAMPION = "champion"
    BLOCKER = "blocker"


class Leaning(StrEnum):
    FOR = "for"
    AGAINST = "against"
    CONDITIONAL = "on conditions"
    UNKNOWN = "not known"


class CentreMember(Model):
    """Somebody of the account who was interviewed. `why` says what their role was told from.

    Every list holds claims in the member's own words, or one claim without evidence that says what to ask.
    `influence` holds the words the role rests on, `stance` those the leaning rests on.
    """

    participant_id: str
    title: str = ""
    persona_id: str | None = None
    persona_name: str = ""
    role: BuyingRole
    why: str
    leaning: Leaning
    influence: Claims
    stance: Claims
    pains: Claims
    objections: Claims
    success_criteria: Claims
    veto: Claims


class Conflict(Model):
    """Two members who pull in different directions. `quotes` holds one of each, in the order of `between`.

    `strength` runs from 0 to 1; `why` says which signs it was told from, in words.
    """

    between: tuple[str, str]
    issue: str
    quotes: tuple[Citation, Citation]
    strength: float = Field(ge=0, le=1)
    why: list[str]


class MissingRole(Model):
    """A part nobody interviewed plays; `mentions` are members' words that may speak of who does."""

    role: BuyingRole
    mentions: list[Citation] = []
    ask_next: str


class BuyingCentre(Model):
    """`missing_note` counts who was heard against the six to ten people who usually decide."""

    id: str
    account: str
    decision: str
    members: list[CentreMember]
    missing_roles: list[MissingRole]
    missing_note: str
    conflicts: list[Conflict]
    common_ground: Claims
    consensus_plan: Claims

    @property
    def participant_ids(self) -> list[str]:
        return [member.participant_id for member in self.members]

    def claims(self) -> Claims:
        """All claims: members' first, then common ground and plan."""
        own = [
            claim
            for one in self.members
            for claims in (one.influence, one.stance, one.pains, one.objections, one.success_criteria, one.veto)
            for claim in claims
        ]
        return [*own, *self.common_ground, *self.consensus_plan]

    def citations(self) -> list[Citation]:
        """Every quote shown: of claims, conflicts and mentions of who is missing."""
        said = [citation for claim in self.claims() for citation in claim.citations]
        sides = [quote for conflict in self.conflicts for quote in conflict.quotes]
        return [*said, *sides, *(mention for role in self.missing_roles for mention in role.mentions)]
