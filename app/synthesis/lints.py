"""Lints: words that make a persona worse, found after drafting and shown beside it; nothing is changed.

demographic_name   the name tells age, sex, family, origin or faith instead of role and situation
first_name         the name gives the group a first name ("Marketing Mary")
superlative        praise or an absolute that nobody cited said
filler             an empty phrase ("values reliability") that would fit any persona
age_or_gender      age or gender in a sentence although the words cited do not mention it
stereotype         a marked word for a kind of people ("digital natives") that nobody cited said
irrelevant_detail  private colour (hobbies, pets, cars) that nobody cited said, and that decides nothing
protected          a test or rule of exclusion that rests on a protected attribute
shared_by_all      a claim that every persona of its kind makes: it sets nobody apart

What a participant really said may be repeated: superlatives, age or gender, stereotypes and details are let
pass where the cited words hold the same expression. The lists are data (`data/lints.yaml`).
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
from app.models.field import Level
from app.models.persona import MicroPersona, NegativePersona, Persona

Rule = Literal[
    "demographic_name", "first_name", "superlative", "filler", "age_or_gender", "stereotype", "irrelevant_detail",
    "protected", "shared_by_all",
]  # fmt: skip

# Fewer personas of a kind may well share a claim.
SHARED_BY = 3
# Shared by definition.
STAKES = "table_stakes"


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
    stereotype: re.Pattern[str]
    irrelevant_detail: re.Pattern[str]
    protected: re.Pattern[str]
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
    """The findings of all personas, in their order; then what all personas of one kind share."""
    own = [finding for persona in cast.personas for finding in lint_persona(persona)]
    return own + [finding for kind in Level for finding in _shared_by_all(cast, kind)]


def protected_words(text: str) -> str:
    """The first words of `text` that name a protected attribute; empty where none does."""
    found = load_lexicon().protected.search(text.replace("_", " "))
    return found.group(0) if found else ""


def _shared_by_all(cast: Cast, kind: Level) -> Iterator[Finding]:
    """One finding for each theme that all personas of a kind make a claim of, table stakes left out."""
    personas = [persona for persona in cast.personas if persona.kind is kind]
    if len(personas) < SHARED_BY:
        return
    told = [
        {c.theme_id: c for c in one.grounded_claims() if c.theme_id and c.field != "table_stakes"} for one in personas
    ]
    for theme in sorted(set.intersection(*(set(claims) for claims in told))):
        claim = told[0][theme]
        yield Finding(persona_id=personas[0].id, field=claim.field, text=claim.text, rule="shared_by_all",
                      words=f"said by all {len(personas)}")  # fmt: skip


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
        findings += _find(persona, field, text, "stereotype", lexicon.stereotype, said)
        findings += _find(persona, field, text, "irrelevant_detail", lexicon.irrelevant_detail, said)
    return findings + (_protected(persona) if isinstance(persona, NegativePersona) else [])


def _protected(persona: NegativePersona) -> list[Finding]:
    """Tests and the rule of a negative persona that rest on who somebody is."""
    tests = [(test.claim.text, f"{test.field} {test.value} {test.claim.text}") for test in persona.disqualifiers]
    read = [*tests, (persona.suppression_rule.text, persona.suppression_rule.text)]
    return [
        Finding(persona_id=persona.id, field="disqualifiers", text=text, rule="protected", words=words)
        for text, everything in read
        if (words := protected_words(everything))
    ]


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
