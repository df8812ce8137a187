"""draft_persona: guidance for the kinds that are there, and an example that stays inside its themes."""

from collections import Counter

import pytest
from prompt_samples import LIBRARY, example_context, tokens

from app.engines.llm.answers import DraftedPersonas
from app.engines.llm.contexts import DraftPersona, DraftTheme, Gist, PersonaLine

NAME = "draft_persona"
KINDS = ["macro", "micro", "customer", "negative", "candidate"]
CONTEXT = example_context(NAME)
CLAIMS = DraftedPersonas.model_validate(LIBRARY.file(NAME).examples[0]["answer"]).claims


def system(kinds: list[str]) -> str:
    personas = [
        PersonaLine(number=number, kind=kind, name="Lone quick tester", members=["P1", "P2"], core=None, fields=[])
        for number, kind in enumerate(kinds, 1)
    ]
    return LIBRARY.render(NAME, DraftPersona(personas=personas, themes=[])).system


def test_it_is_short_even_with_every_kind() -> None:
    assert tokens(system(KINDS)) <= 450


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_explained_where_it_is_drafted_and_only_there(kind: str) -> None:
    assert f"\n- {kind}: " in system([kind])
    assert f"\n- {kind}: " not in system([other for other in KINDS if other != kind])


def test_the_core_of_a_micro_persona_is_told() -> None:
    user = LIBRARY.render(NAME, CONTEXT).user
    assert "# 1 macro: Roster-bound ward lead (P01 P02 P03)\n" in user
    assert "# 2 micro: Lone quick tester (P01 P02), core 1\n" in user
    assert "- motivations: T1\n" in user


def test_lines_without_words_stand_by_number_beside_the_label_and_others_below() -> None:
    bare, told = (Gist(number=number, participant=f"P0{number}", text=text) for number, text in [(1, ""), (2, "waits")])
    themes = [
        DraftTheme(number=1, label="Waits", evidence=[bare, bare.model_copy(update={"number": 3})], against=[told]),
        DraftTheme(number=2, label="Other", evidence=[told], against=[]),
    ]
    lines = LIBRARY.render(NAME, DraftPersona(personas=[], themes=themes)).user.splitlines()
    first = lines.index("T1 Waits: 1 P01, 3 P01")
    assert lines[first + 1 : first + 4] == ["! 2 P02 waits", "T2 Other", "2 P02 waits"]


def test_what_speaks_against_a_theme_is_marked() -> None:
    lines = LIBRARY.render(NAME, CONTEXT).user.splitlines()
    assert [line for line in lines if line.startswith("!")] == ["! 5 P03 has a committee compare three offers"]


def test_claims_of_the_example_cite_the_themes_of_their_field() -> None:
    assert isinstance(CONTEXT, DraftPersona)
    allowed = {(one.number, field.id): set(field.themes) for one in CONTEXT.personas for field in one.fields}
    themes = {theme.number: theme for theme in CONTEXT.themes}
    for claim in CLAIMS:
        heard = [themes[number] for number in allowed[claim.persona, claim.field]]
        assert set(claim.evidence) <= {piece.number for theme in heard for piece in theme.evidence}
        assert set(claim.against) <= {piece.number for theme in heard for piece in theme.against}


def test_a_field_of_the_example_has_three_claims_at_most_and_each_some_evidence() -> None:
    assert max(Counter((claim.persona, claim.field) for claim in CLAIMS).values()) <= 3
    assert all(claim.evidence for claim in CLAIMS)
