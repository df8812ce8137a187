"""Missing roles: the parts of a buying centre that nobody interviewed plays, and who may play them."""

from collections.abc import Collection, Sequence

from app.models.buying_centre import BuyingRole, CentreMember, MissingRole
from app.models.buying_cues import BuyingCues
from app.models.claim import Citation
from app.synthesis.buying.roles import RoleReader

# How many people usually decide together about a complex purchase (Gartner's 6 to 10).
FEWEST, MOST = 6, 10
# Parts a purchase can do without.
OPTIONAL = {BuyingRole.BLOCKER, BuyingRole.CHAMPION, BuyingRole.INFLUENCER}


def missing_roles(members: Sequence[CentreMember], reader: RoleReader, cues: BuyingCues) -> list[MissingRole]:
    """The parts without a member, each with words of members that may speak of who plays it."""
    played = {member.role for member in members}
    return [
        MissingRole(role=role.id, mentions=_mentions(reader, reader.speaking_of(role)), ask_next=role.missing)
        for role in cues.roles
        if role.id not in played | OPTIONAL
    ]


def missing_note(heard: int) -> str:
    """How many were heard, against how many usually decide."""
    people = f"{heard} people were heard"
    if heard >= FEWEST:
        return f"{people}; {FEWEST} to {MOST} usually decide together."
    return f"{people}; {FEWEST} to {MOST} usually decide together, so at least {FEWEST - heard} more are likely."


def _mentions(reader: RoleReader, rows: Collection[int]) -> list[Citation]:
    return [reader.account.statements[row].citation() for row in rows]
