"""The shapes of answers: strict enough for a provider's JSON schema, and none of them holds a quote."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from app.engines.llm import answers

TOP = [
    answers.CodedInterviews,
    answers.NamedThemes,
    answers.ProposedSegments,
    answers.DraftedPersonas,
    answers.JudgedClaims,
    answers.AnsweredQuestion,
    answers.WrittenBrief,
]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object of a schema, however deep."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from objects(part)


@pytest.mark.parametrize("shape", TOP, ids=lambda shape: shape.__name__)
def test_every_object_requires_all_its_fields_and_no_other(shape: type[answers.Answer]) -> None:
    found = list(objects(shape.model_json_schema()))
    assert found
    for one in found:
        assert one["additionalProperties"] is False
        assert set(one["required"]) == set(one["properties"])


@pytest.mark.parametrize("shape", TOP, ids=lambda shape: shape.__name__)
def test_schemas_use_only_what_strict_output_knows(shape: type[answers.Answer]) -> None:
    refused = {"default", "maxLength", "minLength", "pattern", "minimum", "maximum", "minItems", "maxItems"}
    for one in objects(shape.model_json_schema()):
        for field in one["properties"].values():
            assert not refused & set(field)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="quote"):
        answers.AnswerSentence.model_validate({"text": "They wait.", "evidence": [1], "quote": "We wait."})


def test_a_verdict_is_one_of_three() -> None:
    with pytest.raises(ValidationError, match="verdict"):
        answers.VerdictAnswer.model_validate({"claim": 1, "verdict": "true", "repaired": ""})
