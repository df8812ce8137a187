"""Wording: names for themes and sentences for claims, made of participants' own words."""

import re
from collections.abc import Sequence

import numpy as np

from app.engines.base import MOST_CLAIMS, DraftClaim, ThemeHeard
from app.engines.clarity import clarity
from app.engines.stance import disagree
from app.engines.voice import third_person, without_opening
from retrieval.embedder import Embedder

# A label shorter than this says too little, longer than that is a sentence.
FEWEST, MOST = 3, 9
# Likeness from which one quote speaks for another; below, they share a subject at most. On the planted sample half of
# the pairs of one code at .25 are of one planted theme, two fifths at .20, one in six at 0.
SAID_ALIKE = 0.22
# A theme none of whose quotes is clearer than this has no sentence fit to stand for a group.
CLEAR_ENOUGH = 0.6
# Nobody is a group.
FEWEST_PEOPLE = 2
# How many of the clearest quotes offer their clauses.
OFFERING = 5
CLAUSE_ENDS = re.compile(
    r"[,;:.!?()–—]+\s*|\s+-\s+|\s+(?:because|but|so that|and then|which|although|whereas|when|if|and)\s+", re.I
)


def label(quotes: Sequence[str], embedder: Embedder) -> str:
    """The clause nearest to the middle of what was said; `quotes` stand clearest first."""
    clauses = _clauses(quotes[:OFFERING]) or [quotes[0]]
    middle = embedder.encode(list(quotes)).mean(axis=0)
    nearness = embedder.encode(clauses) @ middle
    scores = nearness + 0.15 * np.array([clarity(clause) for clause in clauses])
    best = min(range(len(clauses)), key=lambda i: (-round(float(scores[i]), 6), clauses[i]))
    return _shorten(third_person(clauses[best]).rstrip("."))


def _clauses(quotes: Sequence[str]) -> list[str]:
    parts = [part.strip(" \"'“”‘’") for quote in quotes for part in CLAUSE_ENDS.split(quote)]
    opened = [without_opening(part) for part in parts]
    return list(dict.fromkeys(part for part in opened if FEWEST <= len(part.split()) <= MOST))


def _shorten(words: str, most: int = 12) -> str:
    parts = words.split()
    return words if len(parts) <= most else f"{' '.join(parts[:most])} …"


def draft_claim(heard: ThemeHeard) -> DraftClaim | None:
    """The theme's clearest sentence in the third person, with everybody it speaks for; None where no quote is clear
    enough, or where it speaks for one person only."""
    best = max(range(len(heard.evidence)), key=lambda row: (_speaks_for(heard, row), heard.evidence[row].id))
    likeness = heard.likeness[best]
    cited = [row for row in range(len(heard.evidence)) if row == best or likeness[row] >= SAID_ALIKE]
    speaks = clarity(heard.evidence[best].quote.text) >= CLEAR_ENOUGH
    if not speaks or len({heard.evidence[row].participant_id for row in cited}) < FEWEST_PEOPLE:
        return None
    lead = heard.evidence[best]
    ranked = sorted(cited, key=lambda row: (row != best, -round(likeness[row], 6), heard.evidence[row].id))
    return DraftClaim(
        text=third_person(lead.quote.text),
        evidence_ids=[heard.evidence[row].id for row in ranked],
        against_ids=[one.id for one in heard.against if disagree(one, lead)],
        theme_id=heard.theme.id,
    )


def draft_from_pool(heard: ThemeHeard) -> list[DraftClaim]:
    """Claims that two people or more carry, the clearest first, each on evidence that the ones before it left."""
    drafts: list[DraftClaim] = []
    while len(drafts) < MOST_CLAIMS and len({one.participant_id for one in heard.evidence}) >= FEWEST_PEOPLE:
        made = draft_claim(heard)
        if made is None:
            break
        drafts.append(made)
        heard = _without(heard, made.evidence_ids)
    return drafts


def _without(heard: ThemeHeard, ids: Sequence[str]) -> ThemeHeard:
    left = [row for row, one in enumerate(heard.evidence) if one.id not in ids]
    likeness = [[heard.likeness[row][column] for column in left] for row in left]
    return heard.model_copy(update={"evidence": [heard.evidence[row] for row in left], "likeness": likeness})


def _speaks_for(heard: ThemeHeard, row: int) -> float:
    """Clear in itself, and close to what as many others as possible said."""
    others = [value for column, value in enumerate(heard.likeness[row]) if column != row]
    near = sum(value >= SAID_ALIKE for value in others) / max(len(others), 1)
    nearness = sum(others) / max(len(others), 1)
    return round(0.5 * clarity(heard.evidence[row].quote.text) + near + nearness, 6)
