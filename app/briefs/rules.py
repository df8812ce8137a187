"""Rules: what of a brief depends on stage, intent and format. The list is data (`data/briefs.yaml`)."""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field, field_validator

from app import DATA
from app.models.base import Model
from app.models.brief import Format, Intent, Stage


class StageRule(Model):
    """`levels` are the kinds of persona to write for here; `proof` the fields that prove a point, best first."""

    label: str
    levels: list[str]
    intent: Intent
    objective: str
    angle: str
    proof: list[str]


class IntentRule(Model):
    label: str
    asset: str
    proof: list[str]
    call_to_action: str


class PartRule(Model):
    """A part of what is to be written, and the fields that feed it."""

    title: str
    task: str
    fields: list[str] = Field(alias="from")


class FormatRule(Model):
    label: str
    assets: dict[Intent, str]
    length: str
    channel: str
    success_metric: str
    outline: list[PartRule]


class BriefRules(Model):
    stages: dict[Stage, StageRule]
    intents: dict[Intent, IntentRule]
    questions: dict[str, str]
    formats: dict[Format, FormatRule]
    fields: dict[str, list[str]]
    standing: dict[str, str]
    regulation: list[str]
    plain_words: frozenset[str] = Field(default=frozenset())

    @field_validator("plain_words", mode="before")
    @classmethod
    def _split(cls, given: str) -> frozenset[str]:
        return frozenset(given.split())

    @property
    def first_offer(self) -> str:
        """What to offer somebody of whose intent nothing is known yet."""
        return self.intents[Intent.EARLY].asset

    def on_rules(self, text: str) -> bool:
        """Whether the text speaks of regulation, audits or contracts."""
        return bool(_any_of(tuple(self.regulation)).search(text))


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


@cache
def load_rules(path: Path = DATA / "briefs.yaml") -> BriefRules:
    return BriefRules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
