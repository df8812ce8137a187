"""Polarity: whether two sentences that share words affirm the same of them, or one denies what the other says.

A word is denied where a negation stands up to four words before it in its clause (“does not want a portal”), or
where the clause is about nobody. Opposites are pairs of words from `data/opposites.yaml`: one sentence uses the one
where the other uses the other, and neither negates it.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from app import DATA
from app.support.words import is_content, stem, tokens

REACH = 4
NEGATIONS = frozenset({
    "no", "not", "never", "nothing", "none", "nobody", "nowhere", "neither", "nor", "without", "hardly", "barely",
    "scarcely", "cannot", "rarely", "seldom", "refuse", "refuses", "refused", "lack", "lacks", "lacking", "unable",
    "cant", "dont", "doesnt", "didnt", "wont", "isnt", "arent", "wasnt", "wouldnt", "couldnt",
})  # fmt: skip
# These negate and take nothing away: “not only”, “no doubt”.
EMPTY = re.compile(
    r"\b(?:not (?:only|just|least)|no (?:doubt|matter|longer than)|nothing (?:but|else))\b", re.IGNORECASE
)
CLAUSE = re.compile(r"[,;:.!?()–—]+|\b(?:but|because|although|whereas|while|and|or|so)\b", re.IGNORECASE)
# What stands before it is affirmed.
WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)


class Opposition(NamedTuple):
    """The word as the claim has it and as the evidence has it."""

    claimed: str
    said: str


def negates(word: str) -> bool:
    bare = word.lower().replace("’", "'")
    return bare in NEGATIONS or bare.endswith("n't")


def polarities(sentence: str) -> dict[str, int]:
    """Each content stem with 1 where it is affirmed and -1 where it is denied; 0 where it is both."""
    found: dict[str, int] = {}
    for clause in CLAUSE.split(EMPTY.sub(" ", sentence)):
        for word, sign in _signed(clause):
            found[word] = sign if found.get(word, sign) == sign else 0
    return found


def _signed(clause: str) -> list[tuple[str, int]]:
    since = REACH + 1
    signed: list[tuple[str, int]] = []
    for word in tokens(clause):
        if negates(word):
            since = 0
        elif is_content(word) or stem(word) in _opposites():
            since += 1
            signed.append((stem(word), -1 if since <= REACH else 1))
    return signed


def turned_round(claim: str, evidence: str) -> list[str]:
    """Stems both share that one affirms and the other denies; empty where as many stand the same way round."""
    one, other = polarities(claim), polarities(evidence)
    shared = [word for word in one if one[word] * other.get(word, 0)]
    turned = [word for word in shared if one[word] != other[word]]
    return turned if 2 * len(turned) > len(shared) else []


def unlike(claim: str, evidence: Sequence[str]) -> bool:
    """Whether some clause of the claim denies where the clause of the evidence that has most of its words affirms, or
    the reverse, however far the negation stands before those words. A reason to look again, and no proof."""
    said = [clause for text in evidence for clause in _clauses(text)]
    return any(_reversed(clause, max(said, key=lambda one: len(clause.keys() & one.keys()), default={}))
               for clause in _clauses(claim))  # fmt: skip


def _reversed(claim: dict[str, bool], said: dict[str, bool]) -> bool:
    """Whether half of the claim's words or more are shared and a negation stands before the last of them in one."""
    shared = claim.keys() & said.keys()
    return 2 * len(shared) >= len(claim) and any(claim[one] for one in shared) != any(said[one] for one in shared)


def _clauses(text: str) -> list[dict[str, bool]]:
    """The content of each clause that has some: each stem, and whether a negation stands anywhere before it."""
    found = []
    for part in CLAUSE.split(WITHOUT.sub(r", \g<0>", EMPTY.sub(" ", text))):
        denied, words = False, dict[str, bool]()
        for word in tokens(part):
            denied = denied or negates(word)
            if is_content(word):
                words[stem(word)] = denied
        found.append(words)
    return [words for words in found if words]


def opposed(claim: str, evidence: str) -> Opposition | None:
    """The first pair of opposites that stands between the two, each affirmed; None where there is none."""
    one, other = polarities(claim), polarities(evidence)
    for word, sign in one.items():
        for against in _opposites().get(word, ()):
            if word not in other and against not in one and sign * other.get(against, 0) > 0:
                return Opposition(word, against)
    return None


@cache
def _opposites(path: Path = DATA / "opposites.yaml") -> dict[str, tuple[str, ...]]:
    """Each stem with the stems of its opposites."""
    found: dict[str, list[str]] = {}
    for line in yaml.safe_load(path.read_text(encoding="utf-8")):
        left, right = ([stem(word) for word in side.split()] for side in line.split("|"))
        for word in left:
            found.setdefault(word, []).extend(right)
        for word in right:
            found.setdefault(word, []).extend(left)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}
