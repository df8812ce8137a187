"""Lints: words that make a persona worse, found after drafting and shown beside it; nothing is changed.

demographic_name   the name tells age, sex, family, origin or faith instead of role and situation
first_name         the name gives the group a first name ("Marketing Mary")
superlative        praise or an absolute that nobody cited said
filler             an empty phrase ("values reliability") that would fit any persona
age_or_gender      age or gender in a sentence although the words cited do not mention it

What a participant really said may be repeated: the last, and superlatives, are let pass where the
cited words hold the same expression. The lists are data (`data/lints.yaml`).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from app import DATA
from app.models.base import Model
from app.models.cast import Cast
from app.models.claim import Claim
from app.models.persona import MicroPersona, Persona

Rule = Literal["demographic_name", "first_name", "superlative", "filler", "age_or_gender"]


class Finding(Model):
    """`text` is the sentence or name found fault with, `words` the part of it that is to blame."""

    persona_id: str
    field: str
    text: str
    rule: Rule
    words: str


class Lexicon(Model):
    """The word lists as compiled expressions."""

    demographic: re.Pattern[str]
    age_or_gender: re.Pattern[str]
    superlative: re.Pattern[str]
    filler: re.Pattern[str]
    first_name: re.Pattern[str]


@cache
def load_lexicon(path: Path = DATA / "lints.yaml") -> Lexicon:
    """The lists at `path`; raises re.error or KeyError where they are malformed."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = "|".join(lists.pop("first_names").split())
    return Lexicon(
        first_name=re.compile(rf"\b({names})\b(?!-)"),
        **{name: re.compile(rf"\b({'|'.join(words)})\b", re.IGNORECASE) for name, words in lists.items()},
    )


def lint_cast(cast: Cast) -> list[Finding]:
    """The findings of all personas, in their order."""
    return [finding for persona in cast.personas for finding in lint_persona(persona)]


def lint_persona(persona: Persona) -> list[Finding]:
    """The findings of one persona: its name first, then its sentences in the order of its fields."""
    lexicon = load_lexicon()
    findings = [
        *_find(persona, "name", persona.name, "demographic_name", lexicon.demographic),
        *_find(persona, "name", persona.name, "first_name", lexicon.first_name),
    ]
    for field, text, said in _sentences(persona):
        findings += _find(persona, field, text, "filler", lexicon.filler)
        findings += _find(persona, field, text, "superlative", lexicon.superlative, said)
        findings += _find(persona, field, text, "age_or_gender", lexicon.age_or_gender, said)
    return findings


def _sentences(persona: Persona) -> Iterator[tuple[str, str, str]]:
    """Field, sentence and the words cited for it. Free text may draw on all the persona's citations."""
    everything = " ".join(_cited(claim) for claim in persona.claims())
    yield "summary", persona.summary, everything
    if isinstance(persona, MicroPersona):
        yield "differentiator", persona.differentiator, everything
    for assumption in persona.assumptions:
        yield "assumptions", assumption, everything
    for claim in persona.grounded_claims():
        yield claim.field, claim.text, _cited(claim)


def _cited(claim: Claim) -> str:
    return " ".join(citation.text for citation in claim.citations)


def _find(
    persona: Persona, field: str, text: str, rule: Rule, pattern: re.Pattern[str], said: str = ""
) -> Iterator[Finding]:
    """One finding for each expression that stands in `text` and not in what was `said`."""
    spoken = {match.group(0).casefold() for match in pattern.finditer(said)}
    for match in pattern.finditer(text):
        if match.group(0).casefold() not in spoken:
            yield Finding(persona_id=persona.id, field=field, text=text, rule=rule, words=match.group(0))
