"""Fields: what a persona says, where each field's evidence comes from, and what to ask when it is empty.

The list is data (`data/fields.yaml`): a field names the codes it is fed by and, where several fields
share a code, `cues`: sentences of the kind it is meant for. Evidence goes to the field whose cues it
is closest to.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from app import DATA
from app.models.base import Model
from app.models.codebook import Codebook


class Level(StrEnum):
    """Kinds of persona. Segments of the tree are macro or micro; the others are drafted beside them."""

    MACRO = "macro"
    MICRO = "micro"
    CUSTOMER = "customer"
    NEGATIVE = "negative"
    CANDIDATE = "candidate"


class FieldSpec(Model):
    """`levels`: which kinds of persona carry the field. `direct` are those of its codes that feed it whatever its
    cues: a study's own codes, whose `feeds` say where they belong."""

    id: str
    label: str
    codes: list[str]
    ask: str
    levels: list[Level] = [Level.MACRO, Level.MICRO]
    cues: list[str] = []
    direct: list[str] = []

    @property
    def shared(self) -> list[str]:
        """The codes whose evidence goes to the field by its cues."""
        return [code for code in self.codes if code not in self.direct]


@cache
def load_fields(path: Path = DATA / "fields.yaml") -> tuple[FieldSpec, ...]:
    """The fields at `path`, in the order personas show them."""
    return tuple(FieldSpec.model_validate(row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))["fields"])


def fed_by(fields: Sequence[FieldSpec], common: Codebook, own: Codebook) -> tuple[FieldSpec, ...]:
    """The fields as a study's own codebook feeds them: codes it has not got are left out, and codes that are
    new, or feed other fields than in the `common` codebook, feed what they say."""
    feeds = {code.id: code.feeds for code in common.codes}
    changed = {code.id: code.feeds for code in own.codes if feeds.get(code.id) != code.feeds}
    return tuple(_fed(field, own, changed) for field in fields)


def _fed(field: FieldSpec, own: Codebook, changed: dict[str, list[str]]) -> FieldSpec:
    kept = [code for code in field.codes if code in own.ids and code not in changed]
    direct = [code for code, feeds in changed.items() if field.id in feeds]
    return field.model_copy(update={"codes": kept + direct, "direct": direct})


def fields_of(kind: Level) -> tuple[FieldSpec, ...]:
    """The fields that a kind of persona carries: those of `fields.yaml`, then those of `kind_fields.yaml`."""
    known = (*load_fields(), *load_fields(DATA / "kind_fields.yaml"))
    return tuple(field for field in known if kind in field.levels)
