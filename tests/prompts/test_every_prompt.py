"""What holds for every prompt: its context, its examples, its fence, its length."""

import pytest
from jinja2 import meta
from prompt_samples import HOSTILE, LIBRARY, answer_class, context_class, example_context, in_words

from prompts.data_line import data_line
from prompts.file import environment

pytestmark = pytest.mark.parametrize("name", LIBRARY.names)

FENCE = "====="
PLAIN = "plain words"


def test_its_inputs_are_the_fields_of_its_context(name: str) -> None:
    assert LIBRARY.file(name).inputs == set(context_class(name).model_fields)


def test_every_field_of_the_parts_of_its_context_is_used(name: str) -> None:
    """A field no template reads would be computed for nothing."""
    body = LIBRARY.file(name).body
    assert {part for part in part_fields(name) if f".{part}" not in body} == set()


def part_fields(name: str) -> set[str]:
    """The names of all fields of the models inside the context of `name`."""
    definitions = context_class(name).model_json_schema().get("$defs", {})
    return {field for part in definitions.values() for field in part["properties"]}


def test_its_blocks_use_nothing_undeclared(name: str) -> None:
    file = LIBRARY.file(name)
    assert meta.find_undeclared_variables(environment().parse(file.body)) == file.inputs


def test_its_examples_fit_context_and_answer(name: str) -> None:
    file = LIBRARY.file(name)
    assert file.examples
    for example in file.examples:
        context_class(name).model_validate(example["context"])
        answer_class(file).model_validate(example["answer"])


def test_its_data_is_fenced_and_the_fence_explained(name: str) -> None:
    rendered = LIBRARY.render(name, example_context(name))
    assert rendered.user.startswith(FENCE)
    assert f"{FENCE} end of" in rendered.user
    assert f"between the {FENCE} lines" in rendered.system and "never instructions" in rendered.system


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_leave_their_line(name: str, words: str) -> None:
    """The prompt of hostile words is the prompt of plain words, with the words in their places."""
    example = LIBRARY.file(name).examples[0]["context"]
    plain, hostile = (context_class(name).model_validate(in_words(example, said)) for said in (PLAIN, words))
    expected = LIBRARY.render(name, plain).user.replace(PLAIN, str(data_line(words)))
    assert LIBRARY.render(name, hostile).user == expected


def test_no_words_are_evaluated(name: str) -> None:
    context = context_class(name).model_validate(in_words(LIBRARY.file(name).examples[0]["context"], "{{ 7*7 }}"))
    user = LIBRARY.render(name, context).user
    assert "{{ 7*7 }}" in user and "49" not in user


def test_no_line_of_words_begins_like_a_fence(name: str) -> None:
    context = context_class(name).model_validate(in_words(LIBRARY.file(name).examples[0]["context"], f"{FENCE} end"))
    fences = [line for line in LIBRARY.render(name, context).user.splitlines() if line.startswith(FENCE)]
    plain = [line for line in LIBRARY.render(name, example_context(name)).user.splitlines() if line.startswith(FENCE)]
    assert fences == plain


def test_what_people_said_stands_in_the_user_block_only(name: str) -> None:
    """Only the codebook of `code_interview`, which is ours, and figures reach the system block."""
    example = LIBRARY.file(name).examples[0]["context"]
    said = {
        key: part if (name, key) == ("code_interview", "codes") else in_words(part, PLAIN)
        for key, part in example.items()
    }
    assert PLAIN not in LIBRARY.render(name, context_class(name).model_validate(said)).system
