"""Review: what a person decided about a claim of a persona. Laid over every draft in which the claim is made again."""

from app.models.base import Model
from app.models.claim import Claim, Review, ReviewState, Status
from app.models.persona import ContrastPair, Persona
from app.models.persona_base import Backed


class ClaimReview(Model):
    """`text` are the person's words in the place of the claim's, where it was edited; what it cites stays."""

    persona_id: str
    claim_id: str
    review: Review
    text: str | None = None


def reviewed(persona: Persona, reviews: dict[str, ClaimReview]) -> Persona:
    """The persona with what people decided; `reviews` are those of its claims, by the claims' ids."""
    if not reviews:
        return persona
    fields = {name: getattr(persona, name) for name in type(persona).model_fields}
    lists = {name: value for name, value in fields.items() if isinstance(value, list)}
    return persona.model_copy(update={name: [_laid(item, reviews) for item in value] for name, value in lists.items()})


def judged(persona: Persona, decided: dict[str, dict[str, ClaimReview]]) -> Persona:
    """The persona with everything people decided, in its own claims and in those it is contrasted with; `decided` are
    the reviews of every persona."""
    return in_contrast(reviewed(persona, decided.get(persona.id, {})), decided)


def in_contrast(persona: Persona, decided: dict[str, dict[str, ClaimReview]]) -> Persona:
    """The persona with what people decided about the claims of its contrast pairs, in whichever persona they stand."""
    pairs: list[ContrastPair] = getattr(persona, "contrast", [])
    if not pairs or not decided:
        return persona
    own = decided.get(persona.id, {})
    laid = [
        pair.model_copy(
            update={
                "ours": _laid(pair.ours, own),
                "theirs": _laid(pair.theirs, decided.get(pair.their_persona_id, {})),
            }
        )
        for pair in pairs
    ]
    return persona.model_copy(update={"contrast": laid})


def without_rejected(persona: Persona) -> Persona:
    """The persona as it goes out: rejected claims are left out of its fields. What sets a micro persona apart stays
    whole, because without three differences it would be none; it says there what was rejected."""
    fields = {name: getattr(persona, name) for name in type(persona).model_fields}
    claims = {name: value for name, value in fields.items() if isinstance(value, list) and _rejected_in(value)}
    left = {name: [one for one in value if not _is_rejected(one)] for name, value in claims.items()}
    return persona.model_copy(update={**left, "summary": _unsaid(persona)})


def _unsaid(persona: Persona) -> str:
    """The summary, which repeats some claims, without those that were rejected."""
    summary = persona.summary
    for claim in persona.claims():
        if _is_rejected(claim) and claim.text in summary:
            summary = " ".join(summary.replace(claim.text, " ").split())
    return summary


def _laid(item: object, reviews: dict[str, ClaimReview]) -> object:
    if isinstance(item, Backed):
        return item.model_copy(update={"claim": _laid(item.claim, reviews)})
    if not isinstance(item, Claim) or item.id not in reviews:
        return item
    found = reviews[item.id]
    edited = found.review.state is ReviewState.EDITED and item.status is not Status.NO_EVIDENCE
    return item.model_copy(update={"review": found.review, "text": found.text if edited and found.text else item.text})


def _rejected_in(items: list[object]) -> bool:
    return any(_is_rejected(one) for one in items)


def _is_rejected(item: object) -> bool:
    return isinstance(item, Claim) and item.review.state is ReviewState.REJECTED
