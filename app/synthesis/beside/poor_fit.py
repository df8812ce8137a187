"""Poor fit: who shows which sign of it, in whose words.

A passage shows a sign where it holds one of the sign's words, is near in meaning to one of its cues, and
is nearer to them than to what somebody who is a fit would say (`spares`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

import numpy as np

from app.engines.hearsay import is_reported
from app.models.evidence import Evidence
from app.models.poor_fit import DrainKind, FitTest, PoorFit, Sign
from app.synthesis.beside.passages import Passage
from retrieval.embedder import Embedder, Vectors

# Cosines. On 220 real interviews and 16 founders' talks without any such person nobody shows enough signs at these
# values; on the invented study the one who is a poor fit shows nine disqualifiers, everybody else one at most.
NEAR = 0.36
NEARER_BY = 0.05
# A passage this near says the same in other words, whatever words it uses.
SAME, SAME_BY = 0.70, 0.12
# From here a passage speaks for a fit.
SPEAKS_FOR = 0.55
# From here a drain's own words are shown; below, those of a disqualifier that drains it are clearer.
CLEAR_DRAIN = 0.42
# How many of somebody's strongest signs say how far they depart from the others.
STRONGEST = 5
# Among fewer people nobody can be said to depart; the signs alone must do.
FEWEST_OTHERS, UNTOLD = 6, 1.0
# Turns a median absolute deviation into a standard deviation, where values are normal.
TO_DEVIATION = 1.4826


@dataclass(frozen=True)
class Hit:
    """A passage that shows a sign. `nearness` is the cosine to the nearest cue, `against` to the nearest spare."""

    evidence: Evidence
    nearness: float
    against: float

    @property
    def strength(self) -> float:
        return round(self.nearness - self.against / 2, 6)


@dataclass(frozen=True)
class SignReader:
    """Everything said in a study, ready to be asked for signs."""

    said: Sequence[Passage]
    embedder: Embedder

    @cached_property
    def vectors(self) -> Vectors:
        return self.embedder.encode([one.read for one in self.said])

    def hits(self, sign: Sign) -> dict[str, Hit]:
        """Participant → the passage that shows the sign best."""
        words = re.compile(rf"\b(?:{'|'.join(sign.words)})", re.I)
        found: dict[str, Hit] = {}
        for passage, hit in zip(self.said, self._compared(sign.cues, sign.spares), strict=True):
            if _shows(hit, bool(words.search(passage.read.replace("’", "'")))) and _own(passage, sign):
                _keep_best(found, hit)
        return found

    def spared(self, sign: Sign) -> dict[str, Hit]:
        """Participant → the passage that speaks most for a fit on the sign's subject."""
        found: dict[str, Hit] = {}
        for hit in self._compared(sign.spares, sign.cues):
            if hit.nearness >= SPEAKS_FOR and hit.nearness - hit.against >= NEARER_BY:
                _keep_best(found, hit)
        return found

    def departures(self, known: PoorFit) -> dict[str, float]:
        """Participant → how far the signs they come nearest to set them apart from the others of the study."""
        best: dict[str, list[float]] = {}
        for test in known.disqualifiers:
            strongest: dict[str, float] = {}
            for hit in self._compared(test.cues, test.spares):
                person = hit.evidence.participant_id
                strongest[person] = max(strongest.get(person, -1.0), hit.strength)
            for person, strength in strongest.items():
                best.setdefault(person, []).append(strength)
        return _departures({person: float(np.mean(sorted(some)[-STRONGEST:])) for person, some in best.items()})

    def _compared(self, near: Sequence[str], far: Sequence[str]) -> list[Hit]:
        """Every passage with its nearness to both lists of sentences."""
        close = (self.vectors @ self.embedder.encode(list(near)).T).max(axis=1)
        apart = (self.vectors @ self.embedder.encode(list(far)).T).max(axis=1)
        rows = zip(self.said, close.tolist(), apart.tolist(), strict=True)
        return [Hit(one.evidence, round(c, 6), round(a, 6)) for one, c, a in rows]


def _departures(values: dict[str, float]) -> dict[str, float]:
    if len(values) < FEWEST_OTHERS:
        return dict.fromkeys(values, UNTOLD)
    middle = median(values.values())
    spread = TO_DEVIATION * median(abs(value - middle) for value in values.values())
    return {person: round((value - middle) / max(spread, 1e-6), 3) for person, value in values.items()}


def _shows(hit: Hit, worded: bool) -> bool:
    if hit.nearness >= SAME and hit.nearness - hit.against >= SAME_BY:
        return True
    return worded and hit.nearness >= NEAR and hit.nearness - hit.against >= NEARER_BY


def _own(passage: Passage, sign: Sign) -> bool:
    return sign.hearsay or not is_reported(passage.evidence.quote.text)


def _keep_best(found: dict[str, Hit], hit: Hit) -> None:
    known = found.get(hit.evidence.participant_id)
    if known is None or (hit.strength, known.evidence.id) > (known.strength, hit.evidence.id):
        found[hit.evidence.participant_id] = hit


@dataclass(frozen=True)
class Fit:
    """What one participant shows: disqualifier id → hit, drain id → hit.

    `departure` says how far all signs together set them apart from everybody else of the study: robust deviations
    from the median (Iglewicz & Hoaglin 1993).
    """

    participant_id: str
    disqualifiers: dict[str, Hit]
    drains: dict[DrainKind, Hit]
    departure: float = 0.0


def read_fits(reader: SignReader, known: PoorFit) -> list[Fit]:
    """Everybody who shows any disqualifier, in order of id.

    A drain is shown by its own words, else by the words of a disqualifier that drains it.
    """
    tests = {test.id: reader.hits(test) for test in known.disqualifiers}
    own: dict[DrainKind, dict[str, Hit]] = {drain.id: reader.hits(drain) for drain in known.drains}
    people = sorted({person for hits in tests.values() for person in hits})
    departures = reader.departures(known)
    return [replace(_fit(person, known, tests, own), departure=departures[person]) for person in people]


def _fit(person: str, known: PoorFit, tests: dict[str, dict[str, Hit]], own: dict[DrainKind, dict[str, Hit]]) -> Fit:
    disqualifiers = {test.id: tests[test.id][person] for test in known.disqualifiers if person in tests[test.id]}
    drains: dict[DrainKind, Hit] = {}
    for drain in known.drains:
        through = [disqualifiers[test.id] for test in known.disqualifiers if _drains(test, drain.id, disqualifiers)]
        if hit := _drain_hit(own[drain.id].get(person), through):
            drains[drain.id] = hit
    return Fit(person, disqualifiers, drains)


def _drain_hit(own: Hit | None, through: Sequence[Hit]) -> Hit | None:
    if own and (own.nearness >= CLEAR_DRAIN or not through):
        return own
    return max(through, key=lambda hit: (hit.strength, hit.evidence.id), default=None)


def _drains(test: FitTest, drain: str, shown: dict[str, Hit]) -> bool:
    return test.id in shown and drain in test.drains
