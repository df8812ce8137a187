"""Own words: claims about one person, made of a sentence of theirs, or the question that would bring one."""

from app.engines.voice import third_person
from app.models.claim import Claim, Gap, Status, Support
from app.synthesis.buying.statements import Statement
from retrieval.evidence import stable_id

# How sure we are of a sentence that was found by its meaning and not coded.
BY_MEANING = 0.5


def own_claim(owner: str, field: str, statement: Statement, code: str | None = None) -> Claim:
    """What the speaker of the statement said, in the third person; `owner` makes the id the account's own."""
    evidence = statement.evidence
    return Claim(
        id=stable_id("cl", owner, field, evidence.id),
        field=field,
        text=third_person(statement.text),
        status=Status.OBSERVED,
        citations=[statement.citation()],
        support=Support(k=1, n=1),
        confidence=evidence.codes.get(code, BY_MEANING) if code else BY_MEANING,
        coder=evidence.coder,
    )


def silence(owner: str, field: str, person: str, ask: str) -> Claim:
    """The person said nothing of the kind; what to ask them."""
    return Claim(
        id=stable_id("cl", owner, field, person, "gap"),
        field=field,
        text="No evidence yet.",
        status=Status.NO_EVIDENCE,
        support=Support(k=0, n=1),
        confidence=0.0,
        coder="none",
        gap=Gap(found=0, needed=1, ask_next=f"Ask {person}: “{ask}”"),
    )
