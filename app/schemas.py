"""Schemas: the published JSON Schemas of what Dramatis writes."""

from typing import Any

from pydantic import TypeAdapter

from app.errors import NotFound
from app.models.assignment import Assignment, RuleBook
from app.models.brief import Brief
from app.models.buying_centre import BuyingCentre
from app.models.cast import Cast
from app.models.claim import Claim
from app.models.editorial import Editorial
from app.models.erasure import Receipt
from app.models.persona import Persona
from app.models.segment import SegmentTree
from app.models.strategy import Strategy

PUBLISHED: dict[str, TypeAdapter[Any]] = {
    "persona": TypeAdapter(Persona),
    "cast": TypeAdapter(Cast),
    "claim": TypeAdapter(Claim),
    "segments": TypeAdapter(SegmentTree),
    "strategy": TypeAdapter(Strategy),
    "buying_centre": TypeAdapter(BuyingCentre),
    "brief": TypeAdapter(Brief),
    "segment_rules": TypeAdapter(RuleBook),
    "assignment": TypeAdapter(Assignment),
    "editorial": TypeAdapter(Editorial),
    "erasure": TypeAdapter(Receipt),
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) called `name`; NotFound for an unknown name."""
    if name not in PUBLISHED:
        raise NotFound("schema", name, f"Choose one of: {', '.join(PUBLISHED)}")
    schema = PUBLISHED[name].json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}
