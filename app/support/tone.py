"""Tone: whether a sentence says that things are well or that they are not, by words of `data/tones.yaml`.

A negation up to four words before turns a word round (“I wouldn't trust it”); one that turns nothing round still
says that something is not so.
"""

from functools import cache
from pathlib import Path

import yaml

from app import DATA
from app.support.polarity import CLAUSE, EMPTY, REACH, negates
from app.support.words import is_content, stem, tokens

# A negation that turns no word of tone.
BARE_NEGATION = -0.5


def tone(text: str) -> float:
    """Above 0 where things are well, below 0 where they are not; the sum over the words."""
    return sum(_of_clause(clause) for clause in CLAUSE.split(EMPTY.sub(" ", text)))


def _of_clause(clause: str) -> float:
    known, words = _tones(), tokens(clause)
    total, since, idle = 0.0, REACH + 1, 0
    for at, word in enumerate(words):
        if negates(word):
            since, idle = 0, idle + 1
            continue
        since += is_content(word)
        value = known.get(stem(word), 0)
        # “Loses nothing” is no loss.
        before, after = since <= REACH, value < 0 and negates(" ".join(words[at + 1 : at + 2]))
        total += -value if before or after else value
        idle -= bool(value and (before or after))
    return total + BARE_NEGATION * max(idle, 0)


@cache
def _tones(path: Path = DATA / "tones.yaml") -> dict[str, int]:
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    well = {stem(word): 1 for word in lists["well"].split() if not negates(word)}
    return well | {stem(word): -1 for word in lists["not_well"].split() if not negates(word)}
