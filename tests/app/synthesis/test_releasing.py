"""Releasing: which version writers see, what they do not see of it, and taking it back."""

import pytest
from small_cast import cite, claim, macro, micro

from app.errors import NotFound
from app.models.claim import ReviewState
from app.models.persona import ContrastPair, MicroPersona, Persona
from app.synthesis.provenance import provenance
from app.synthesis.releasing import publications, publish_persona, published_personas, take_back_persona
from app.synthesis.reviewing import review_claim
from app.workbench import Workbench

STRESSED = claim("stressors", "t1", cite("P01", "It is my name on the report."))
TWICE = claim("decision_logic", "t2", cite("P01", "I check every line twice."))


def draft(bench: Workbench, study: str, *personas: Persona) -> None:
    with bench.store.transaction() as tx:
        tx.results.save_personas(study, personas, [], provenance(bench))


@pytest.fixture
def two_versions(bench: Workbench, study: str) -> str:
    """A study whose persona was drafted twice."""
    first = macro(stressors=[STRESSED], decision_logic=[TWICE])
    draft(bench, study, first)
    draft(bench, study, first.model_copy(update={"version": 2, "name": "Hurried report writer"}))
    return study


def seen(bench: Workbench, study: str) -> list[Persona]:
    with bench.store.transaction() as tx:
        return published_personas(tx, study)


def test_nothing_is_seen_until_it_is_published(bench: Workbench, two_versions: str) -> None:
    assert seen(bench, two_versions) == [] and publications(bench, two_versions) == {}


def test_a_version_stays_what_writers_see_until_another_is_published(bench: Workbench, two_versions: str) -> None:
    first = publish_persona(bench, two_versions, "m1", by="ana", version=1)
    assert (first.version, first.by) == (1, "ana") and first.at > 0
    assert [one.name for one in seen(bench, two_versions)] == ["Careful report writer"]
    newest = publish_persona(bench, two_versions, "m1", by="ben")
    assert publications(bench, two_versions) == {"m1": newest} and newest.version == 2
    assert [one.name for one in seen(bench, two_versions)] == ["Hurried report writer"]


def test_publishing_the_same_version_again_keeps_who_did_it_first(bench: Workbench, two_versions: str) -> None:
    assert publish_persona(bench, two_versions, "m1", by="ana") == publish_persona(bench, two_versions, "m1", by="ben")


def test_rejected_claims_are_left_out_and_edits_are_in(bench: Workbench, two_versions: str) -> None:
    publish_persona(bench, two_versions, "m1", by="ana")
    review_claim(bench, two_versions, "m1", STRESSED.id, ReviewState.REJECTED, by="ana")
    review_claim(bench, two_versions, "m1", TWICE.id, ReviewState.EDITED, by="ana", text="They look twice.")
    [shown] = seen(bench, two_versions)
    assert [one.text for one in shown.grounded_claims()] == ["They look twice."]


def test_what_is_taken_back_is_seen_no_more_and_may_be_taken_back_twice(bench: Workbench, two_versions: str) -> None:
    publish_persona(bench, two_versions, "m1", by="ana")
    for _ in range(2):
        take_back_persona(bench, two_versions, "m1")
        assert seen(bench, two_versions) == []


def test_a_persona_that_stands_no_more_is_seen_no_more(bench: Workbench, two_versions: str) -> None:
    publish_persona(bench, two_versions, "m1", by="ana")
    draft(bench, two_versions)
    assert seen(bench, two_versions) == []


def test_a_micro_persona_is_seen_with_its_core_and_knows_what_was_rejected_of_those_it_is_contrasted_with(
    bench: Workbench, study: str
) -> None:
    pair = ContrastPair(role="clerk", ours=STRESSED, theirs=TWICE, their_persona_id="m1")
    draft(bench, study, macro(decision_logic=[TWICE]), micro(contrast=[pair]))
    publish_persona(bench, study, "m1.1", by="ana")
    assert seen(bench, study) == []
    publish_persona(bench, study, "m1", by="ana")
    review_claim(bench, study, "m1", TWICE.id, ReviewState.REJECTED, by="ana")
    own = next(one for one in seen(bench, study) if isinstance(one, MicroPersona))
    assert own.contrast[0].theirs.review.state is ReviewState.REJECTED


def test_nothing_is_published_of_what_is_forgotten(bench: Workbench, two_versions: str) -> None:
    publish_persona(bench, two_versions, "m1", by="ana")
    with bench.store.transaction() as tx:
        tx.results.clear(two_versions)
    assert publications(bench, two_versions) == {}


def test_unknown_personas_and_versions(bench: Workbench, two_versions: str) -> None:
    with pytest.raises(NotFound, match="persona"):
        publish_persona(bench, two_versions, "m9", by="ana")
    with pytest.raises(NotFound, match="Versions are 1, 2"):
        publish_persona(bench, two_versions, "m1", by="ana", version=3)
    with pytest.raises(NotFound, match="persona"):
        take_back_persona(bench, two_versions, "m9")
    with pytest.raises(NotFound, match="study"):
        publications(bench, "nowhere")
