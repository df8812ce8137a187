"""Fields: what a persona says, where each field's evidence comes from, and what to ask when it is empty.

The list is data (`data/fields.yaml`): a field names the codes it is fed by and, where several fields
share a code, `cues`: sentences of the kind it is meant for. Evidence goes to the field whose cues it
is closest to.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from app import DATA
from app.models.base import Model


class Level(StrEnum):
    """Kinds of persona. Segments of the tree are macro or micro; the others are drafted beside them."""

    MACRO = "macro"
    MICRO = "micro"
    CUSTOMER = "customer"
    NEGATIVE = "negative"
    CANDIDATE = "candidate"


class FieldSpec(Model):
    """`levels`: which kinds of persona carry the field. `lead` opens its claims ("They want")."""

    id: str
    label: str
    codes: list[str]
    ask: str
    levels: list[Level] = [Level.MACRO, Level.MICRO]
    cues: list[str] = []


@cache
def load_fields(path: Path = DATA / "fields.yaml") -> tuple[FieldSpec, ...]:
    """The fields at `path`, in the order personas show them."""
    return tuple(FieldSpec.model_validate(row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))["fields"])


def fields_of(kind: Level) -> tuple[FieldSpec, ...]:
    """The fields that a kind of persona carries: those of `fields.yaml`, then those of `kind_fields.yaml`."""
    known = (*load_fields(), *load_fields(DATA / "kind_fields.yaml"))
    return tuple(field for field in known if kind in field.levels)
