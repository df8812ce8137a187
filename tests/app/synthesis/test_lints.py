"""Lints find what makes a persona worse, and let pass what somebody really said."""

import pytest
from small_cast import cast_of, cite, claim, macro, micro

from app.models.negative_persona import Disqualifier, NegativePersona, SuppressionRule
from app.models.persona_base import Sample
from app.synthesis.lints import lint_cast, lint_persona, protected_words


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
        pytest.param("Digital natives prefer chat.", "stereotype", "Digital natives", id="stereotype"),
        pytest.param("They are penny-pinchers.", "stereotype", "penny-pinchers", id="marked word"),
        pytest.param("They love coffee.", "irrelevant_detail", "love coffee", id="private taste"),
        pytest.param("They check it in their spare time.", "irrelevant_detail", "in their spare time", id="leisure"),
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


def test_what_every_core_persona_says_sets_nobody_apart() -> None:
    said = [claim("stressors", "t1", cite("P01", "It is my name on the report."))]
    cores = [macro(f"m{n}", stressors=said, decision_logic=[]) for n in (1, 2, 3)]
    assert [(f.rule, f.persona_id) for f in lint_cast(cast_of(*cores))] == [("shared_by_all", "m1")]
    assert lint_cast(cast_of(*cores[:2])) == []


@pytest.mark.parametrize(
    "text",
    ["age", "union_member", "Religion of the buyer", "has children", "a woman", "nationality", "disabled", "health"],
)
def test_protected_attributes_are_seen(text: str) -> None:
    assert protected_words(text)


@pytest.mark.parametrize("text", ["budget_line = none", "approver_confirmed", "average stage", "manages contracts"])
def test_what_is_not_protected_passes(text: str) -> None:
    assert protected_words(text) == ""


@pytest.mark.parametrize(("label", "rules"), [("No budget.", []), ("Too old for it.", ["protected"])])
def test_a_negative_personas_tests_are_read(label: str, rules: list[str]) -> None:
    held = claim("disqualifiers", "t1", cite("P01", "It is my name on the report."), text=label)
    test = Disqualifier.model_construct(claim=held, field="budget_line", operator="=", value="none", inferred=False)
    rule = SuppressionRule(k=1, m=1, catches=["P01"], text="Pause outreach when 1 of the 1 tests hold.")
    persona = NegativePersona.model_construct(
        id="n1", name="Engagement with no budget", product_area="", summary="1 of 2 people.", segment_id="",
        coverage=0.5, sample=Sample(n=1, participants=["P01"], sources=["src_P01"]), provisional=True,
        why_poor_fit=[], drain=[], disqualifiers=[test], suppression_rule=rule,
    )  # fmt: skip
    assert [f.rule for f in lint_persona(persona) if f.rule == "protected"] == rules
