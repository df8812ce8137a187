"""People's decisions laid over an engine's coding."""

import pytest
from small_study import evidence_in, source_of

from app.models.coding import SURE, HumanCode, overlay
from app.models.evidence import Evidence
from retrieval.evidence import Quote

FIRST, SECOND = "I retype every figure.", "It takes all of my Friday."
SOURCE = source_of("P01", FIRST, SECOND)
ENGINE = [evidence_in(SOURCE, FIRST, "behavior", "pain_point"), evidence_in(SOURCE, SECOND, "stressor")]


def decided(words: str, code: str, given: bool = True, by: str = "ana", number: int = 1) -> HumanCode:
    start = SOURCE.text.index(words)
    quote = Quote.cut(SOURCE, start, start + len(words), "P01")
    return HumanCode.of(quote, code, by, given=given, source_name=SOURCE.name, number=number)


def codes(found: list[Evidence]) -> dict[str, set[str]]:
    return {one.quote.text: set(one.codes) for one in found}


def test_without_decisions_the_engine_is_left_as_it_is() -> None:
    assert overlay(ENGINE, []) == sorted(ENGINE, key=lambda one: one.quote.start)


def test_a_code_given_to_the_same_words_joins_what_the_engine_found() -> None:
    [first, second] = overlay(ENGINE, [decided(FIRST, "motivation")])
    assert first.codes == {"behavior": 0.8, "motivation": SURE, "pain_point": 0.8}
    assert "motivation" in first.firm
    assert (first.coder_of("motivation"), first.coder_of("behavior")) == ("ana", "local")
    assert second == ENGINE[1]


def test_a_code_the_engine_gave_too_becomes_the_persons() -> None:
    first = overlay(ENGINE, [decided(FIRST, "behavior")])[0]
    assert first.codes["behavior"] == SURE
    assert first.coder_of("behavior") == "ana"


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([decided(FIRST, "behavior", given=False)], {FIRST: {"pain_point"}, SECOND: {"stressor"}}),
        ([decided("every figure", "behavior", given=False)], {FIRST: {"pain_point"}, SECOND: {"stressor"}}),
        ([decided(SECOND, "stressor", given=False)], {FIRST: {"behavior", "pain_point"}}),
        ([decided(f"{FIRST} {SECOND[:4]}", "stressor", given=False)],
         {FIRST: {"behavior", "pain_point"}, SECOND: {"stressor"}}),
        ([decided("every figure", "behavior")],
         {FIRST: {"pain_point"}, "every figure": {"behavior"}, SECOND: {"stressor"}}),
    ],
    ids=["removed", "removed from a part of it", "the only code removed", "hardly touched", "given to a part of it"],
)  # fmt: skip
def test_decisions_cover_the_words_they_are_about(decisions: list[HumanCode], expected: dict[str, set[str]]) -> None:
    assert codes(overlay(ENGINE, decisions)) == expected


@pytest.mark.parametrize("ana_last", [True, False], ids=["given last", "removed last"])
def test_the_last_word_of_two_people_holds(ana_last: bool) -> None:
    ana = decided(FIRST, "intent", number=2 if ana_last else 1)
    ben = decided("every figure", "intent", given=False, by="ben", number=1 if ana_last else 2)
    found = overlay(ENGINE, [ana, ben])
    assert ("intent" in found[0].codes) is ana_last


def test_the_same_person_decides_once_about_the_same_words() -> None:
    assert decided(FIRST, "intent").id == decided(FIRST, "intent", given=False).id
    assert decided(FIRST, "intent").id != decided(FIRST, "intent", by="ben").id
