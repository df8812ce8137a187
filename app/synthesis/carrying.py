"""Carrying: decisions about claims follow them into a redraft.

A claim is known by its people, its field and its quotes. A redraft that has a quote more or less behind it makes
another claim of it, and so does moving one person to another segment: what people decided would be lost, and what
they rejected would come back as if nobody had looked at it.
"""

from collections.abc import Sequence

from app.models.claim import Claim, ReviewState
from app.models.persona import Persona
from app.models.review import ClaimReview
from app.store.store import Transaction

# From this share of quotes, or of people, that two have in common (Jaccard), they are one.
ALIKE = 0.5

Pair = tuple[ClaimReview, ClaimReview]


def carry_decisions(tx: Transaction, study_id: str, drafted: Sequence[Persona], kept: Sequence[Persona]) -> None:
    """Give the claims of new drafts what was decided about the same claims before; `kept` are all earlier versions.

    What was rejected stays so where it says the same or rests mostly on the same quotes; what was accepted or edited
    only where both hold, for nobody has read the other words.
    """
    decided = tx.reviews.all(study_id)
    for persona in drafted:
        earlier = _earlier(persona, drafted, kept)
        before = {claim.id: claim for one in earlier for claim in one.grounded_claims()}
        reviews = [one for id in {one.id for one in earlier} for one in decided.get(id, {}).values()]
        for old, new in _carried(persona, before, reviews):
            if old.persona_id == persona.id:
                # Else it would come again with the next draft, also where it was taken back meanwhile.
                tx.reviews.delete(study_id, old.persona_id, old.claim_id)
            tx.reviews.save(study_id, new)


def _earlier(persona: Persona, drafted: Sequence[Persona], kept: Sequence[Persona]) -> list[Persona]:
    """Its own versions, oldest first; where there are none, those of the persona that stood for mostly the same people
    and does no more."""
    own = [one for one in kept if one.id == persona.id]
    if own:
        return own
    now = {one.id for one in drafted}
    gone = [one for one in kept if one.kind is persona.kind and one.id not in now]
    people = persona.sample.participants
    best = max(gone, key=lambda one: _shared(people, one.sample.participants), default=None)
    if best is None or _shared(people, best.sample.participants) < ALIKE:
        return []
    return [one for one in kept if one.id == best.id]


def _carried(persona: Persona, before: dict[str, Claim], reviews: Sequence[ClaimReview]) -> list[Pair]:
    """The decisions about claims that the persona makes in another shape, each with what becomes of it."""
    made = {claim.id: claim for claim in persona.grounded_claims()}
    own = {one.claim_id for one in reviews if one.persona_id == persona.id}
    free = {id: claim for id, claim in made.items() if id not in own}
    found = []
    for one in reviews:
        old = before.get(one.claim_id)
        if old is None or (one.claim_id in own and one.claim_id in made):
            continue
        new = next((claim for claim in free.values() if _same(old, claim, one.review.state)), None)
        if new:
            free.pop(new.id)
            found.append((one, one.model_copy(update={"persona_id": persona.id, "claim_id": new.id})))
    return found


def _same(old: Claim, new: Claim, state: ReviewState) -> bool:
    if old.field != new.field:
        return False
    words, quotes = old.text == new.text, _shared(_quotes(old), _quotes(new)) >= ALIKE
    return (words or quotes) if state is ReviewState.REJECTED else (words and quotes)


def _quotes(claim: Claim) -> list[str]:
    return [citation.evidence_id for citation in claim.supporting]


def _shared(some: Sequence[str], others: Sequence[str]) -> float:
    mine, theirs = set(some), set(others)
    return len(mine & theirs) / max(len(mine | theirs), 1)
