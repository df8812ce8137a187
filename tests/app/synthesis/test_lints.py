"""Lints find what makes a persona worse, and let pass what somebody really said."""

import pytest
from small_cast import cast_of, cite, claim, macro, micro

from app.synthesis.lints import lint_cast, lint_persona


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        pytest.param("Young marketing lead", "demographic_name", id="age"),
        pytest.param("Millennial buyer", "demographic_name", id="generation"),
        pytest.param("Busy working mums", "demographic_name", id="family"),
        pytest.param("Female founder", "demographic_name", id="sex"),
        pytest.param("45-year-old manager", "demographic_name", id="years"),
        pytest.param("Marketing Mary", "first_name", id="alliteration"),
        pytest.param("Steve the buyer", "first_name", id="name and role"),
    ],
)
def test_a_name_that_is_not_role_and_situation_is_flagged(name: str, rule: str) -> None:
    (finding,) = lint_persona(macro(name=name))
    assert (finding.rule, finding.field, finding.persona_id) == (rule, "name", "m1")


@pytest.mark.parametrize(
    "name",
    [
        "Time-poor marketing lead", "Hands-on IT manager", "Cost-driven head of IT", "Manager of many tools",
        "Frank communicator", "Will-not-delegate writer", "Manual checker", "Human-first seller",
    ],
)  # fmt: skip
def test_a_name_by_role_and_situation_passes(name: str) -> None:
    assert lint_persona(macro(name=name)) == []


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        pytest.param("They want the best tool.", "superlative", "best", id="superlative"),
        pytest.param("They want a world-class partner.", "superlative", "world-class", id="praise"),
        pytest.param("They never call support.", "superlative", "never", id="absolute"),
        pytest.param("Values reliability above all.", "filler", "Values reliability", id="filler"),
        pytest.param("They are results-driven.", "filler", "are results-driven", id="empty adjective"),
        pytest.param("They want a user-friendly tool.", "filler", "want a user-friendly tool", id="table stakes"),
        pytest.param("Younger staff prefer chat.", "age_or_gender", "Younger", id="age"),
        pytest.param("She checks each line.", "age_or_gender", "She", id="gender"),
    ],
)
def test_a_sentence_without_words_behind_it_is_flagged(text: str, rule: str, words: str) -> None:
    spoken = claim("stressors", "t1", cite("P01", "It is my name on the report."), text=text)
    (finding,) = lint_persona(macro(stressors=[spoken]))
    assert (finding.rule, finding.words, finding.field, finding.text) == (rule, words, "stressors", text)


def test_what_a_participant_said_may_be_repeated() -> None:
    spoken = claim("stressors", "t1", cite("P02", "The best tool is the dull one."), text="The best tool is dull.")
    assert lint_persona(macro(stressors=[spoken])) == []


def test_another_claims_citation_does_not_excuse() -> None:
    spoken = claim("stressors", "t1", cite("P01", "We decide in June."), text="They want the best tool.")
    other = claim("context", "t2", cite("P02", "The best tool is the dull one."))
    assert [f.rule for f in lint_persona(macro(stressors=[spoken], context=[other]))] == ["superlative"]


def test_filler_is_filler_whoever_said_it() -> None:
    spoken = claim("stressors", "t1", cite("P01", "We decide in June.", text="Values quality"), text="Values quality.")
    assert [finding.rule for finding in lint_persona(macro(stressors=[spoken]))] == ["filler"]


def test_differentiator_and_differences_are_read_too() -> None:
    assert [f.field for f in lint_persona(micro(differentiator="Always first."))] == ["differentiator"]


def test_findings_of_all_personas_come_in_order() -> None:
    found = lint_cast(cast_of(macro(name="Marketing Mary"), micro(name="Older user")))
    assert [finding.persona_id for finding in found] == ["m1", "m1.1"]
