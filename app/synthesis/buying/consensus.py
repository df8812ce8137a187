"""Consensus plan: an order of steps in which each member's condition is met before the step that needs it.

It is inferred, and says so: nobody laid out this order. Each step is one member's condition in their own words, or two
members' words to be talked through; those who can stop the purchase come first, those who push it last.
"""

from collections.abc import Iterator, Sequence

from app.engines.voice import third_person
from app.models.buying_centre import BuyingRole, CentreMember, Claims, Conflict
from app.models.claim import Citation, Claim, Status, Support
from app.synthesis.buying.roles import RoleReader
from retrieval.evidence import stable_id

FIELD = "consensus_plan"
# Whose condition is met first: who can stop it, who pays, who tests, who works with it; then everybody else.
ORDER = (
    BuyingRole.GATEKEEPER, BuyingRole.ECONOMIC, BuyingRole.PROCUREMENT, BuyingRole.TECHNICAL, BuyingRole.BLOCKER,
    BuyingRole.USER, BuyingRole.INFLUENCER, BuyingRole.SPONSOR, BuyingRole.CHAMPION,
)  # fmt: skip
# An inference from quotes found by their meaning is not more certain than this.
CONFIDENCE = 0.3


def consensus_plan(members: Sequence[CentreMember], conflicts: Sequence[Conflict], reader: RoleReader) -> Claims:
    """The steps; empty where nobody named a condition and nobody is in conflict."""
    first = [step for one in sorted(members, key=_place) for step in _conditions(one, reader, len(members))]
    talks = [_talk(one, len(members)) for one in conflicts]
    return first + talks


def _place(member: CentreMember) -> tuple[bool, int, str]:
    """Members with a veto of their own words first, then by part."""
    can_stop = any(claim.status is not Status.NO_EVIDENCE for claim in member.veto)
    return not can_stop, ORDER.index(member.role), member.participant_id


def _conditions(member: CentreMember, reader: RoleReader, n: int) -> Iterator[Claim]:
    for row in reader.conditions(member.participant_id)[:1]:
        quote = reader.account.statements[row]
        yield _step(f"Settle with {member.participant_id}, {member.role}: {third_person(quote.text)}",
                    [quote.citation()], n)  # fmt: skip


def _talk(conflict: Conflict, n: int) -> Claim:
    one, other = conflict.between
    return _step(f"Bring {one} and {other} to one table. {conflict.issue}", list(conflict.quotes), n)


def _step(text: str, citations: list[Citation], n: int) -> Claim:
    people = {citation.participant_id for citation in citations}
    return Claim(
        id=stable_id("cl", FIELD, text),
        field=FIELD,
        text=text,
        status=Status.INFERRED,
        citations=citations,
        support=Support(k=len(people), n=n),
        confidence=CONFIDENCE,
        coder="inferred",
    )
