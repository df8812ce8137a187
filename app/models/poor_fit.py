"""Poor fit: the signs a negative persona is found by, and the tests it excludes by. Data: `data/poor_fit.yaml`."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from app import DATA
from app.models.base import Model

DrainKind = Literal["time", "money", "staff", "reputation"]
Operator = Literal["=", "!=", ">=", "<="]


class RecordTest(Model):
    """A test over a field of a record. `inferred`: the value is a threshold of ours."""

    field: str
    operator: Operator
    value: str
    inferred: bool = False


class Sign(Model):
    """Something said. `words` are regular expressions, `cues` and `spares` sentences for and against it.

    `hearsay`: what the speaker reports of others counts too.
    """

    label: str
    words: list[str]
    cues: list[str]
    spares: list[str]
    hearsay: bool = False


class DrainSign(Sign):
    """`costs` says in a few words what is lost."""

    id: DrainKind
    costs: str


class FitTest(Sign):
    """A sign that is also a test: see the head of the data file for each of its parts."""

    id: str
    called: str
    spared: str
    side: Literal["means", "conduct"]
    drains: list[DrainKind]
    test: RecordTest
    warning: str
    ask: str
    requalify: str


class PoorFit(Model):
    """All signs, in the order they are shown."""

    alternative: str
    effect_ask: str
    drains: list[DrainSign]
    disqualifiers: list[FitTest]


@cache
def load_poor_fit(path: Path = DATA / "poor_fit.yaml") -> PoorFit:
    """The signs at `path`; raises pydantic.ValidationError where they are malformed."""
    return PoorFit.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
