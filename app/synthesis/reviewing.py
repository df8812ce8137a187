"""Reviewing: people accept, edit or reject claims. What they decide lies beside the drafts and over them, so that a
redraft that makes the same claim again finds it decided. An edit changes the words, never what is cited."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.errors import BadInput, Changed, NotFound
from app.models.claim import Claim, Review, ReviewState, Status
from app.models.persona import Persona
from app.models.review import ClaimReview, judged
from app.store.store import Transaction
from app.workbench import Workbench

LONGEST = 1000


def personas_of(tx: Transaction, study_id: str) -> list[Persona]:
    """The personas as they stand, with what people decided about their claims."""
    decided = tx.reviews.all(study_id)
    return [judged(one, decided) for one in tx.results.personas(study_id)]


def list_personas(bench: Workbench, study_id: str) -> list[Persona]:
    """The same for doors; NotFound for an unknown study."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        return personas_of(tx, study_id)


def get_persona(bench: Workbench, study_id: str, persona_id: str) -> Persona:
    """The persona as it stands; NotFound where there is none."""
    return _persona(list_personas(bench, study_id), persona_id)


def review_claim(
    bench: Workbench,
    study_id: str,
    persona_id: str,
    claim_id: str,
    state: ReviewState,
    *,
    by: str,
    text: str | None = None,
    seen: str | None = None,
) -> Persona:
    """Decide about a claim; `proposed` takes a decision back. Returns the persona as it is then.

    NotFound for an unknown persona or claim; BadInput for an edit without words, words without an edit, or an edit of
    a claim that cites nothing. Where the `mark` of the decision that was `seen` is given, Changed if somebody decided
    otherwise meanwhile.
    """
    bench.study(study_id)
    with bench.store.transaction(alone=True) as tx:
        claim = _claim(_persona(tx.results.personas(study_id), persona_id), claim_id)
        _check(claim, state, text)
        if seen is not None:
            _still(tx.reviews.all(study_id).get(persona_id, {}).get(claim_id), seen)
        if state is ReviewState.PROPOSED:
            tx.reviews.delete(study_id, persona_id, claim_id)
        else:
            review = Review(state=state, by=by, at=datetime.now(UTC))
            words = text.strip() if text else None
            tx.reviews.save(study_id, ClaimReview(persona_id=persona_id, claim_id=claim_id, review=review, text=words))
        return _persona(personas_of(tx, study_id), persona_id)


def _still(now: ClaimReview | None, seen: str) -> None:
    review = now.review if now else Review()
    if review.mark != seen:
        what = f"{review.by} {review.state} this claim" if now else "Somebody took the decision about this claim back"
        raise Changed(f"{what} since you opened the page. Nothing was changed: look again, then decide.")


def _check(claim: Claim, state: ReviewState, text: str | None) -> None:
    if (state is ReviewState.EDITED) != bool(text and text.strip()):
        raise BadInput("An edit needs the new words, and nothing else takes any. Give `text` with `edited` only.")
    if text and len(text) > LONGEST:
        raise BadInput(f"A claim is one sentence, of {LONGEST} characters at most. Shorten it.")
    if state is ReviewState.EDITED and claim.status is Status.NO_EVIDENCE:
        raise BadInput("Nothing is known here yet, so there are no words to change. Ask the question it names.")


def _persona(personas: Sequence[Persona], wanted: str) -> Persona:
    for one in personas:
        if one.id == wanted:
            return one
    known = ", ".join(one.id for one in personas)
    raise NotFound("persona", wanted, f"Ids are {known}" if known else "None yet: run the study first")


def _claim(persona: Persona, wanted: str) -> Claim:
    for one in persona.claims():
        if one.id == wanted:
            return one
    raise NotFound("claim", wanted, f"Read the persona {persona.id} again: it may have been drafted anew")


def find_among(personas: Sequence[Persona], wanted: str) -> Persona:
    """The persona with this id, or the only one whose name holds the words; else NotFound."""
    for persona in personas:
        if persona.id == wanted:
            return persona
    exact = [persona for persona in personas if persona.name.lower() == wanted.lower()]
    named = exact or [persona for persona in personas if wanted.lower() in persona.name.lower()]
    if len(named) == 1:
        return named[0]
    listed = ", ".join(f"{persona.name} ({persona.id})" for persona in named or personas)
    remedy = f"Choose one of: {listed}" if listed else "None yet"
    raise NotFound("persona" if not named else "single persona", wanted, remedy)
