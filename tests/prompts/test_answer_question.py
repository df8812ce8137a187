"""answer_question: sentences that cite, or none."""

import pytest
from prompt_samples import LIBRARY, example_context, tokens

from app.engines.llm.answers import AnsweredQuestion
from app.engines.llm.contexts import AnswerQuestion

NAME = "answer_question"
EXAMPLES = LIBRARY.file(NAME).examples


def test_it_is_short() -> None:
    assert tokens(LIBRARY.render(NAME, example_context(NAME)).system) <= 450


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_sentence_of_an_example_cites_an_excerpt(number: int) -> None:
    context = AnswerQuestion.model_validate(EXAMPLES[number]["context"])
    answer = AnsweredQuestion.model_validate(EXAMPLES[number]["answer"])
    known = {piece.number for piece in context.evidence}
    assert answer.enough == bool(answer.sentences)
    assert all(sentence.evidence and set(sentence.evidence) <= known for sentence in answer.sentences)


def test_the_examples_show_an_answer_and_none() -> None:
    assert [example["answer"]["enough"] for example in EXAMPLES] == [True, False]


def test_the_question_stands_outside_the_fence() -> None:
    lines = LIBRARY.render(NAME, example_context(NAME)).user.splitlines()
    assert lines[-2:] == ["===== end of excerpts =====", "The colleague's question: How do they want to be contacted?"]
