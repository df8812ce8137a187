"""Schemas in the part of JSON Schema that strict structured output takes."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from app.engines.llm.schema import strict_schema


class Part(BaseModel):
    title: str = Field("", max_length=9, description="What it is called.")
    description: str
    kind: Literal["a", "b"]


class Whole(BaseModel):
    """A whole."""

    first: Part = Field(description="The first.")
    parts: list[Part] = []


def objects(schema: Any) -> list[dict[str, Any]]:
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    own = [schema] if isinstance(schema, dict) and schema.get("type") == "object" else []
    return own + [found for one in inside for found in objects(one)]


def test_every_object_is_closed_and_whole() -> None:
    found = objects(strict_schema(Whole))
    assert len(found) == 2
    for one in found:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])


def test_what_providers_refuse_or_a_prompt_has_said_goes_and_a_property_of_that_name_stays() -> None:
    part = strict_schema(Whole)["schema"]["$defs"]["Part"]
    assert part["properties"] == {
        "title": {"type": "string"},
        "description": {"type": "string"},
        "kind": {"type": "string", "enum": ["a", "b"]},
    }


def test_a_reference_stands_alone() -> None:
    assert strict_schema(Whole)["schema"]["properties"]["first"] == {"$ref": "#/$defs/Part"}
