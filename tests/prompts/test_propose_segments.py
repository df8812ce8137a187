"""propose_segments: an example in which everybody has one place, and nobody is a segment."""

from collections import Counter

from prompt_samples import LIBRARY, example_context, tokens

from app.engines.llm.answers import ProposedSegments
from app.engines.llm.contexts import ProposeSegments

NAME = "propose_segments"
CONTEXT = example_context(NAME)
ANSWER = ProposedSegments.model_validate(LIBRARY.file(NAME).examples[0]["answer"])


def test_it_is_short() -> None:
    assert tokens(LIBRARY.render(NAME, CONTEXT).system) <= 450


def test_everybody_of_the_example_has_exactly_one_place() -> None:
    assert isinstance(CONTEXT, ProposeSegments)
    placed = Counter(member for macro in ANSWER.macro for member in macro.members)
    placed.update(one.participant for one in ANSWER.unplaced)
    placed.update(one.participant for one in ANSWER.poor_fits)
    assert placed == Counter(person.id for person in CONTEXT.people)


def test_micro_segments_of_the_example_are_groups_inside_their_macro() -> None:
    for macro in ANSWER.macro:
        assert len(macro.members) >= 2 and len(macro.micro) != 1
        members = [member for micro in macro.micro for member in micro.members]
        assert set(members) <= set(macro.members) and len(members) == len(set(members))
        assert all(len(micro.members) >= 2 for micro in macro.micro)


def test_a_poor_fit_of_the_example_shows_in_their_own_themes() -> None:
    assert isinstance(CONTEXT, ProposeSegments)
    voiced = {
        person.id: {theme.number for theme in CONTEXT.themes if person.id in theme.people} for person in CONTEXT.people
    }
    for poor in ANSWER.poor_fits:
        assert poor.evidence and set(poor.evidence) <= voiced[poor.participant]


def test_themes_stand_by_code_with_who_voices_them() -> None:
    user = LIBRARY.render(NAME, CONTEXT).user
    assert "# decision_logic\n2 Tries it alone and decides the same week: P01 P02\n3 Lets" in user
    assert "- P03 | nursing director | hospital" in user
