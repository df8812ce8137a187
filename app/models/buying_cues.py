"""Buying cues: what tells a part in a buying centre, a leaning, a condition or a quarrel (`data/buying_roles.yaml`)."""

from functools import cache
from pathlib import Path

import yaml

from app import DATA
from app.models.base import Model
from app.models.buying_centre import BuyingRole, Leaning


class RoleCues(Model):
    """`titles` are words of declared roles, `cues` what holders say, `spoken_of` what others say of them."""

    id: BuyingRole
    titles: list[str]
    cues: list[str]
    spoken_of: list[str]
    missing: str


class Ground(Model):
    """A question colleagues pull apart over: what they say on the `one` side and on the `other`."""

    label: str
    one: list[str]
    other: list[str]


class BuyingCues(Model):
    roles: list[RoleCues]
    leanings: dict[Leaning, list[str]]
    veto: list[str]
    conditions: list[str]
    discord: list[str]
    accord: list[str]
    grounds: list[Ground]
    departments: list[list[str]]
    asks: dict[str, str]


@cache
def load_buying_cues(path: Path = DATA / "buying_roles.yaml") -> BuyingCues:
    """The cues at `path`; raises pydantic.ValidationError where they are malformed."""
    return BuyingCues.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
