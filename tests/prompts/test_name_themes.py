"""name_themes: an example whose themes are of one code, shared, and opposed in pairs."""

from collections import Counter

from prompt_samples import LIBRARY, example_context, tokens

from app.engines.llm.answers import NamedThemes
from app.engines.llm.contexts import NameThemes

NAME = "name_themes"
CONTEXT = example_context(NAME)
THEMES = NamedThemes.model_validate(LIBRARY.file(NAME).examples[0]["answer"]).themes


def test_it_is_short() -> None:
    assert tokens(LIBRARY.render(NAME, CONTEXT).system) <= 450


def test_it_says_how_many_themes_are_wanted() -> None:
    assert "At most 12 themes" in LIBRARY.render(NAME, CONTEXT).system


def test_the_evidence_of_the_example_is_of_the_themes_code_and_of_two_people() -> None:
    assert isinstance(CONTEXT, NameThemes)
    pieces = {(code.code, piece.number): piece.participant for code in CONTEXT.codes for piece in code.evidence}
    for theme in THEMES:
        assert len({pieces[theme.code, number] for number in theme.evidence}) >= 2


def test_a_piece_of_the_example_is_in_one_theme_at_most() -> None:
    assert max(Counter(number for theme in THEMES for number in theme.evidence).values()) == 1


def test_labels_of_the_example_are_short_sentences() -> None:
    for theme in THEMES:
        assert len(theme.label.split()) <= 9 and theme.label[0].isupper()


def test_opposites_of_the_example_are_other_themes_and_mutual() -> None:
    opposed = {(here, there) for here, theme in enumerate(THEMES, 1) for there in theme.opposes}
    assert opposed
    for here, there in opposed:
        assert here != there and (there, here) in opposed and 1 <= there <= len(THEMES)
