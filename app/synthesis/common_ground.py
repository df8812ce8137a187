"""Common ground: what two members of an account or more say alike, as claims with everybody's words."""

from app.engines.wording import draft_claim
from app.models.buying_centre import Claims
from app.models.field import Level
from app.models.segment import Member, Segment
from app.synthesis.grounding import ground_claims
from app.synthesis.hearing import StudyHearing
from app.synthesis.statements import Account
from retrieval.evidence import stable_id

FIELD = "common_ground"
# A message rests on two or three points; more are not read.
MOST = 5


def common_ground(account: Account, study: StudyHearing) -> Claims:
    """Claims that two members or more voice, most widely shared first; empty where they share nothing."""
    hearing = study.of_segment(_as_group(account))
    heard = [one for theme in study.material.themes if (one := hearing.heard(theme))]
    drafts = [(draft, one) for one in heard if (draft := draft_claim(one))]
    claims = ground_claims([draft for draft, _ in drafts], FIELD, hearing.segment, study.material)
    ranked = sorted(claims, key=lambda claim: (-claim.support.k, -claim.confidence, claim.id))
    return _once_each(ranked)[:MOST]


def _as_group(account: Account) -> Segment:
    """The account as a group of people, so that it is heard as segments are."""
    members = [Member(participant_id=one, weight=1.0, why="works there") for one in account.ids]
    id = stable_id("bc", account.name.casefold())
    return Segment(id=id, parent_id=None, level=Level.MACRO, name=account.name, definition=[], members=members)


def _once_each(claims: Claims) -> Claims:
    """Without claims that rest on the same quotes as one before."""
    seen: set[str] = set()
    kept = []
    for claim in claims:
        ids = {citation.evidence_id for citation in claim.supporting}
        if not ids & seen:
            kept.append(claim)
        seen |= ids
    return kept
