"""The JSON schema of an answer, in the part of JSON Schema that strict structured output takes.

Every property is required and none may be added; limits of length go, since providers refuse them and pydantic checks
them anyway; a `$ref` stands alone.
"""

from typing import Any

from pydantic import BaseModel

UNKNOWN_TO_PROVIDERS = {"default", "examples", "maxLength", "minLength", "title", "uniqueItems"}
# What the prompt has said already, and costs tokens in every call.
SAID = {"description"}


def strict_schema(answer: type[BaseModel]) -> dict[str, Any]:
    """The schema of `answer`, with its name where providers look for it."""
    return {"name": answer.__name__, "strict": True, "schema": _strict(answer.model_json_schema())}


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    strict = {key: _strict(value) for key, value in schema.items() if key not in (*UNKNOWN_TO_PROVIDERS, *SAID, *NAMED)}
    strict |= {key: {name: _strict(one) for name, one in schema[key].items()} for key in NAMED if key in schema}
    if schema.get("type") == "object":
        strict |= {"additionalProperties": False, "required": list(schema.get("properties", {}))}
    return strict


# Here the keys are names that people gave, not words of JSON Schema.
NAMED = ("properties", "$defs")
