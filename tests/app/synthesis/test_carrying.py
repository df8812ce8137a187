"""Carrying decisions: what a redraft makes of a claim that was decided about."""

import pytest
from small_cast import cite, claim, macro

from app.models.claim import Citation, Review, ReviewState
from app.models.persona import MacroPersona, Sample
from app.models.review import ClaimReview
from app.synthesis.carrying import carry_decisions
from app.workbench import Workbench

NAME, TWICE, HAND = cite("P01", "It is my name on the report."), cite("P01", "I check every line twice."), cite(
    "P02", "I check the figures by hand.")  # fmt: skip
PAYS = cite("P02", "We pay by the month.")


def saying(*quotes: Citation, id: str, text: str = "They check it.", **changes: object) -> MacroPersona:
    said = claim("stressors", id, *quotes, text=text)
    return macro(stressors=[said], decision_logic=[], **changes)


def decided(id: str, state: ReviewState = ReviewState.REJECTED, persona: str = "m1") -> ClaimReview:
    return ClaimReview(persona_id=persona, claim_id=f"c_stressors_{id}", review=Review(state=state, by="ana"))


def after(bench: Workbench, study: str, review: ClaimReview, before: MacroPersona, now: MacroPersona) -> list[str]:
    """The states of what the redraft says, where they were decided."""
    with bench.store.transaction() as tx:
        tx.reviews.save(study, review)
        carry_decisions(tx, study, [now], [before])
        found = tx.reviews.all(study).get(now.id, {})
    return [str(found[one.id].review.state) for one in now.grounded_claims() if one.id in found]


BEFORE = saying(NAME, TWICE, HAND, id="old")


@pytest.mark.parametrize(
    ("now", "rejected", "accepted"),
    [
        (saying(NAME, TWICE, id="new"), True, True),
        (saying(NAME, TWICE, id="new", text="They check it all."), True, False),
        (saying(PAYS, id="new"), True, False),
        (saying(PAYS, id="new", text="They pay monthly."), False, False),
        (saying(NAME, TWICE, HAND, id="old"), True, True),
    ],
    ids=["a quote less", "other words", "other quotes", "another claim", "the same claim"],
)
def test_what_is_mostly_the_same_stays_decided(
    bench: Workbench, study: str, now: MacroPersona, rejected: bool, accepted: bool
) -> None:
    assert after(bench, study, decided("old"), BEFORE, now) == (["rejected"] if rejected else [])
    with bench.store.transaction() as tx:
        tx.results.clear(study)
    found = after(bench, study, decided("old", ReviewState.ACCEPTED), BEFORE, now)
    assert found == (["accepted"] if accepted else [])


def test_a_decision_moves_and_does_not_come_back_after_it_was_taken_back(bench: Workbench, study: str) -> None:
    now = saying(NAME, TWICE, id="new")
    assert after(bench, study, decided("old"), BEFORE, now) == ["rejected"]
    with bench.store.transaction() as tx:
        assert list(tx.reviews.all(study)["m1"]) == ["c_stressors_new"]
        tx.reviews.delete(study, "m1", "c_stressors_new")
        carry_decisions(tx, study, [now], [BEFORE, now])
        assert tx.reviews.all(study) == {}


def test_decisions_follow_mostly_the_same_people_to_another_persona(bench: Workbench, study: str) -> None:
    now = saying(NAME, TWICE, HAND, id="new")
    moved = now.model_copy(update={"id": "m2", "sample": Sample(n=1, participants=["P01"], sources=[])})
    assert after(bench, study, decided("old"), BEFORE, moved) == ["rejected"]
    with bench.store.transaction() as tx:
        assert "m1" in tx.reviews.all(study), "kept, should those people be grouped as before"


def test_decisions_do_not_follow_to_other_people(bench: Workbench, study: str) -> None:
    other = saying(NAME, TWICE, HAND, id="new").model_copy(
        update={"id": "m2", "sample": Sample(n=3, participants=["P02", "P03", "P04"], sources=[])}
    )
    assert after(bench, study, decided("old"), BEFORE, other) == []
