"""The scripted model: an answer of the right form to every prompt, on numbers that stand in it, always alike."""

import json

import pytest
from prompt_samples import LIBRARY, answer_class, cited, example_context

from app.engines.llm.answers import CodedInterviews, DraftedPersonas, JudgedClaims, NamedThemes, ProposedSegments
from evals.scripted.model import ScriptedModel
from evals.scripted.writing import is_plain
from retrieval.embeddings import MiniLM

Answer = CodedInterviews | DraftedPersonas | JudgedClaims | NamedThemes | ProposedSegments


@pytest.fixture(scope="module")
def model(embedder: MiniLM) -> ScriptedModel:
    return ScriptedModel(embedder)


def answered(model: ScriptedModel, name: str) -> str:
    prompt = LIBRARY.render(name, example_context(name))
    return model.complete(prompt.system, prompt.user, answer_class(LIBRARY.file(name))).text


@pytest.mark.parametrize("name", LIBRARY.names)
def test_every_prompt_is_answered_in_its_form_and_twice_alike(
    model: ScriptedModel, embedder: MiniLM, name: str
) -> None:
    text = answered(model, name)
    answer_class(LIBRARY.file(name)).model_validate_json(text)
    assert answered(ScriptedModel(embedder), name) == text


LAST = {"code_interview": 7, "name_themes": 7, "draft_persona": 5, "answer_question": 4}


@pytest.mark.parametrize(("name", "last"), LAST.items(), ids=LAST)
def test_it_cites_what_stands_in_the_prompt(model: ScriptedModel, name: str, last: int) -> None:
    keys = ["sentences"] if name == "code_interview" else ["evidence", "against"]
    numbers = cited(json.loads(answered(model, name)), *keys)
    assert numbers and numbers <= set(range(1, last + 1))


def test_it_codes_with_the_codes_it_was_given(model: ScriptedModel) -> None:
    found = CodedInterviews.model_validate_json(answered(model, "code_interview"))
    assert found.points
    assert {code for point in found.points for code in point.codes} <= {"pain_point", "stressor", "influence"}
    assert all(len(point.gist.split()) <= 10 for point in found.points)


def test_its_themes_are_of_one_code_and_several_people(model: ScriptedModel) -> None:
    found = NamedThemes.model_validate_json(answered(model, "name_themes"))
    assert [6, 7] in [theme.evidence for theme in found.themes if theme.code == "pain_point"]


def test_it_places_everybody_once(model: ScriptedModel) -> None:
    found = ProposedSegments.model_validate_json(answered(model, "propose_segments"))
    placed = [one for macro in found.macro for one in macro.members] + [one.participant for one in found.unplaced]
    assert sorted(placed) == [f"P0{number}" for number in range(1, 8)]


def test_it_drafts_for_the_people_of_each_persona(model: ScriptedModel) -> None:
    found = DraftedPersonas.model_validate_json(answered(model, "draft_persona"))
    assert (2, "decision_logic", [3, 4]) in [(one.persona, one.field, one.evidence) for one in found.claims]
    assert all(one.text.endswith(".") for one in found.claims)


def test_it_judges_by_the_quotes(model: ScriptedModel) -> None:
    found = JudgedClaims.model_validate_json(answered(model, "judge_claim"))
    assert [one.claim for one in found.verdicts] == [1, 2, 3, 4]
    assert all(one.verdict == "unsupported" for one in found.verdicts[1:])


@pytest.mark.parametrize(
    "text", ["wait for 3 days for forms", "everybody waits for slow forms", "asks Anna for slow forms"]
)
def test_a_line_with_a_figure_a_name_or_a_quantifier_words_no_claim(text: str) -> None:
    assert not is_plain(text)
    assert is_plain("waits for the forms of suppliers")
    assert not is_plain("does what they need")
