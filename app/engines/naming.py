"""Naming: segments by role and situation ("Time-poor marketing lead"), never by demographics.

The role is the wording most members share in their declared role. The situation is the one of
`data/situations.yaml` that members' words are closest to, compared with everybody else's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from app import DATA
from app.engines.base import Profile
from retrieval.embedder import Embedder

ROLE_ATTRIBUTES = ("role", "role_family", "job_title", "title", "function", "department")
ROLE_NOUNS = re.compile(
    r"\b(?:manager|lead|leader|head|director|agent|representative|specialist|executive|owner|officer|engineer|analyst|"
    r"consultant|coordinator|supervisor|technician|developer|designer|researcher|teacher|nurse|buyer|planner|"
    r"professional|administrator|advisor|adviser|partner|founder|marketer|writer|editor|scientist|assistant|clerk|"
    r"student|realtor|seller|associate|strategist|principal|president)s?\b",
    re.I,
)
LONGEST_ROLE = 3
# Words that hold a title together, and neither begin nor end one.
JOINTS = {"of", "and", "the"}
# The encoder does not see capitals: to it, "IT" is the pronoun.
ABBREVIATIONS = {
    "IT": "information technology",
    "HR": "human resources",
    "PR": "public relations",
    "QA": "quality assurance",
    "R&D": "research and development",
    "ICT": "information technology",
    "UX": "user experience",
    "CRM": "customer relations",
}
ABBREVIATION = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ABBREVIATIONS)) + r")(?!\w)")


@dataclass(frozen=True)
class Situations:
    names: list[str]
    closeness: NDArray[np.float64]  # (participants, situations)
    rows: dict[str, int]

    def contrast(self, people: Sequence[str], rest: Sequence[str]) -> NDArray[np.float64]:
        """How much closer `people` are to each situation than `rest`, shape (situations,)."""
        here = self.closeness[[self.rows[one] for one in people]].mean(axis=0)
        there = self.closeness[[self.rows[one] for one in rest]].mean(axis=0) if rest else 0.0
        contrast: NDArray[np.float64] = here - there
        return contrast


@cache
def _load(path: Path = DATA / "situations.yaml") -> list[tuple[str, list[str]]]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["situations"]
    return [(row["name"], row["cues"]) for row in rows]


def situations_of(profiles: Sequence[Profile], embedder: Embedder) -> Situations:
    """How close each participant's words come to each situation: the mean of their three closest quotes."""
    known = _load()
    cues = [embedder.encode(cues) for _, cues in known]
    rows = []
    for profile in profiles:
        said = embedder.encode([one.quote.text for one in profile.evidence])
        rows.append([_closest(said, cue) for cue in cues] if len(said) else [0.0] * len(cues))
    index = {profile.participant.id: i for i, profile in enumerate(profiles)}
    return Situations([name for name, _ in known], np.array(rows, dtype=np.float64), index)


def _closest(said: NDArray[np.float32], cue: NDArray[np.float32]) -> float:
    best = np.sort((said @ cue.T).max(axis=1))[::-1]
    return float(best[:3].mean())


def name_segments(
    groups: Sequence[tuple[Sequence[str], Sequence[str]]],
    roles: Sequence[str],
    known: Situations,
    taken: Sequence[str] = (),
) -> list[str]:
    """A name for each (people, rest) group; no situation is used twice, nor one of the names `taken` already."""
    free = [s for s, name in enumerate(known.names) if not any(one.startswith(f"{name} ") for one in taken)]
    names: list[str] = [""] * len(groups)
    contrasts = [known.contrast(people, rest) for people, rest in groups]
    # The group with the strongest claim to a situation chooses first.
    for i in sorted(range(len(groups)), key=lambda i: -round(float(contrasts[i].max()), 6)):
        if len(free) > 1:
            best = max(free, key=lambda s: (round(float(contrasts[i][s]), 6), -s))
            free.remove(best)
            names[i] = f"{known.names[best]} {roles[i]}"
        else:
            names[i] = _two_situations(known, contrasts[i], roles[i], [*names, *taken])
    return names


def _two_situations(known: Situations, contrast: NDArray[np.float64], role: str, taken: Sequence[str]) -> str:
    """A name of the two closest situations, where single ones have run out: "Data-driven, time-poor clerk"."""
    order = sorted(range(len(known.names)), key=lambda s: (-round(float(contrast[s]), 6), s))
    pairs = ((one, two) for two in order for one in order if one != two)
    names = (f"{known.names[one]}, {known.names[two].lower()} {role}" for one, two in pairs)
    return next(name for name in names if name not in taken)


def role_of(profiles: Sequence[Profile]) -> str:
    """The wording of a role that most of the people share, in the singular: "IT manager"."""
    titles = [[profile.participant.attributes.get(name, "") for name in ROLE_ATTRIBUTES] for profile in profiles]
    phrases = [{phrase for title in person for phrase in _phrases(title)} for person in titles]
    candidates = sorted({phrase for person in phrases for phrase in person})
    if not candidates:
        return "participant"
    best = max(candidates, key=lambda phrase: (_fit(phrase, phrases), phrase))
    return best if ROLE_NOUNS.search(best) else f"{best} professional"


def role_text(profile: Profile) -> str:
    """Everything a participant declared of their role, abbreviations spelled out; empty where nothing was."""
    declared = (profile.participant.attributes.get(name, "") for name in ROLE_ATTRIBUTES)
    return ABBREVIATION.sub(lambda match: ABBREVIATIONS[match.group()], ", ".join(filter(None, declared)))


def _phrases(title: str) -> set[str]:
    words = re.findall(r"[\w'&/-]+", title)
    cased = [word if word.isupper() else word.lower() for word in words]
    spans = range(1, LONGEST_ROLE + 1)
    parts = (cased[i : i + size] for size in spans for i in range(len(cased) - size + 1))
    return {" ".join(part) for part in parts if part[0] not in JOINTS and part[-1] not in JOINTS}


def _fit(phrase: str, phrases: Sequence[set[str]]) -> float:
    """Shared by many, and saying something: longer phrases and ones with a role noun weigh more."""
    shared = sum(phrase in person for person in phrases)
    return shared * (1.0 + 0.15 * len(phrase.split()) + (0.6 if ROLE_NOUNS.search(phrase) else 0.0))
