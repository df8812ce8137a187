"""Quantifiers: whether words for how many people (“most”, “nobody”, “half of them”) fit k of n.

Only words that count people are read: “all systems” and “the most important” say nothing about k of n.
"""

import re
from typing import NamedTuple

PEOPLE = (
    r"(?:people|persons?|participants?|respondents?|interviewees?|customers?|users?|buyers?|members?|managers?|"
    r"employees?|colleagues?|teams?|them|us|those (?:asked|interviewed))"
)
OF = rf"(?: of)?(?: the| these| those| our| all)?(?: \w+){{0,2}}? {PEOPLE}\b"


class Range(NamedTuple):
    """The share of people a word allows, and how many there must be at least and at most."""

    words: re.Pattern[str]
    low: float
    high: float
    fewest: int = 0
    most: int = 10**9


def _range(words: str, low: float, high: float, fewest: int = 0, most: int = 10**9) -> Range:
    return Range(re.compile(rf"\b(?:{words})", re.IGNORECASE), low, high, fewest, most)


# The first that is found decides: “almost all” before “all”, “more than half” before “half”.
RANGES = (
    _range(rf"(?:almost|nearly|virtually) (?:all|every)(?:{OF}|one\b|body\b)", 0.75, 1.0),
    _range(rf"(?:all|each)(?:{OF})|every(?:one|body)\b|every {PEOPLE}", 0.999, 1.0),
    _range(rf"(?:more than half|over half|(?:the |a )(?:large |great |vast )?majority)\b|most(?:{OF})", 0.501, 1.0),
    _range(rf"(?:less than|under|fewer than) half\b|a minority\b|few(?:{OF})", 0.0, 0.499),
    _range(rf"(?:about |around )?half(?:{OF})", 0.4, 0.6),
    _range(rf"two[- ]thirds(?:{OF})", 0.56, 0.77),
    _range(rf"(?:a|one)[- ]third(?:{OF})|one in three\b", 0.23, 0.43),
    _range(rf"a quarter(?:{OF})|one in four\b", 0.15, 0.35),
    _range(rf"many(?:{OF})", 0.3, 1.0, fewest=3),
    _range(rf"(?:several)(?:{OF})", 0.0, 1.0, fewest=3),
    _range(rf"(?:some|a few|a couple)(?:{OF})", 0.0, 1.0, fewest=2),
    _range(rf"(?:only one|just one|a single)(?:{OF})", 0.0, 1.0, fewest=1, most=1),
)
# Nobody does what everybody says they do not: what counts is how many deny it.
NOBODY = re.compile(rf"\b(?:nobody|no[- ]one|none{OF}|no {PEOPLE})\b", re.IGNORECASE)
COUNT = re.compile(r"\b(\d+|[a-z]+) (?:of|out of|in) (?:the )?(\d+|[a-z]+)\b", re.IGNORECASE)


def misfit(claim: str, k: int, n: int) -> str:
    """What is wrong with the claim's quantifier where k of n people said it; empty where nothing is."""
    from app.support.figures import figures

    for count in COUNT.finditer(claim):
        told, among = (
            [one.value for one in figures(word)] or [1.0 * (word.lower() == "one")] for word in count.groups()
        )
        if among[0] == n and told[0] != k and told[0]:
            return f"says “{count[0]}”, but {k} of {n} said so"
    if (nobody := NOBODY.search(claim)) and k < n:
        return f"says “{nobody[0]}”, but {k} of {n} said so"
    for allowed in RANGES:
        if found := allowed.words.search(claim):
            fits = n > 0 and allowed.low <= k / n <= allowed.high and allowed.fewest <= k <= allowed.most
            return "" if fits else f"says “{found[0].strip()}”, but {k} of {n} said so"
    return ""
