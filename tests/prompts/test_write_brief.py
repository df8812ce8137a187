"""write_brief: the sections asked for, and claims behind what is said of the audience."""

from prompt_samples import LIBRARY, cited, example_context, tokens

from app.engines.llm.answers import WrittenBrief
from app.engines.llm.contexts import WriteBrief

NAME = "write_brief"
CONTEXT = example_context(NAME)
EXAMPLE = LIBRARY.file(NAME).examples[0]
SECTIONS = WrittenBrief.model_validate(EXAMPLE["answer"]).sections


def test_it_is_short() -> None:
    assert tokens(LIBRARY.render(NAME, CONTEXT).system) <= 450


def test_the_example_has_the_sections_asked_for_in_their_order() -> None:
    assert isinstance(CONTEXT, WriteBrief)
    assert [section.section for section in SECTIONS] == CONTEXT.sections


def test_the_example_cites_claims_that_exist() -> None:
    assert isinstance(CONTEXT, WriteBrief)
    assert cited(EXAMPLE["answer"], "evidence") == {claim.number for claim in CONTEXT.claims}


def test_the_example_leaves_a_section_empty_that_no_claim_supports() -> None:
    assert [section.section for section in SECTIONS if not section.sentences] == ["regulation_notes"]


def test_stage_intent_industry_and_format_are_told() -> None:
    user = LIBRARY.render(NAME, CONTEXT).user
    for line in ("- stage: middle", "- intent: mid", "- industry: hospitals", "- format: comparison page"):
        assert f"\n{line}\n" in user
