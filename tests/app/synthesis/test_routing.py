"""Routing: which field a theme belongs to."""

import pytest

from app.models.field import load_fields
from app.models.theme import Theme
from app.synthesis.routing import Router
from retrieval.embeddings import MiniLM


def theme(code: str) -> Theme:
    return Theme(id="t", code=code, label="", evidence_ids=[], participants=[], n=3)


@pytest.mark.parametrize(
    ("code", "quote", "expected"),
    [
        ("motivation", "I want the team to spend its week on customers.", {"motivations"}),
        ("expectation", "When it breaks I want an answer within the hour.", {"service_expectations"}),
        ("expectation", "Don't call me, write me a short e-mail.", {"communication_expectations"}),
        ("expectation", "I want to deal with one person who knows us.", {"relationship_expectations"}),
        ("objection", "If it cannot do that, we will not buy it.", {"objections", "deal_breakers"}),
    ],
    ids=["one code one field", "service", "in writing", "one counterpart", "a deal breaker too"],
)
def test_fields_of_a_theme(embedder: MiniLM, code: str, quote: str, expected: set[str]) -> None:
    fields = load_fields()
    router = Router(fields, embedder)
    assert {field.id for field in fields if router.accepts(field, theme(code), [quote])} == expected
