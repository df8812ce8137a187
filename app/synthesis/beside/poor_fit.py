"""Poor fit: who shows which sign of it, in whose words.

A passage shows a sign where it holds one of the sign's words, is near in meaning to one of its cues, and
is nearer to them than to what somebody who is a fit would say (`spares`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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

# A sign's cues and spares.
Lists = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Hit:
    """A passage that shows a sign. `nearness` is the cosine to the nearest cue, `against` to the nearest spare."""

    evidence: Evidence
    nearness: float
    against: float

    @property
    def strength(self) -> float:
        return strength(self.nearness, self.against)


def strength(nearness: float, against: float) -> float:
    return round(nearness - against / 2, 6)


@dataclass(frozen=True)
class SignReader:
    """Everything said in a study, ready to be asked for signs."""

    said: Sequence[Passage]
    embedder: Embedder
    _nearness: dict[Lists, list[tuple[float, float]]] = field(default_factory=dict)

    @cached_property
    def vectors(self) -> Vectors:
        return self.embedder.encode([one.read for one in self.said])

    def hits(self, sign: Sign) -> dict[str, Hit]:
        """Participant → the passage that shows the sign best."""
        words = re.compile(rf"\b(?:{'|'.join(sign.words)})", re.I)
        found: dict[str, Hit] = {}
        for passage, hit in self._near(sign.cues, sign.spares, NEAR):
            if _shows(hit, words, passage.read) and _own(passage, sign):
                _keep_best(found, hit)
        return found

    def spared(self, sign: Sign) -> dict[str, Hit]:
        """Participant → the passage that speaks most for a fit on the sign's subject."""
        found: dict[str, Hit] = {}
        for _, hit in self._near(sign.spares, sign.cues, SPEAKS_FOR):
            _keep_best(found, hit)
        return found

    def departures(self, known: PoorFit) -> dict[str, float]:
        """Participant → how far the signs they come nearest to set them apart from the others of the study."""
        people = [one.evidence.participant_id for one in self.said]
        best: dict[str, list[float]] = {}
        for test in known.disqualifiers:
            strongest: dict[str, float] = {}
            for person, (close, apart) in zip(people, self._compared(test.cues, test.spares), strict=True):
                strongest[person] = max(strongest.get(person, -1.0), strength(close, apart))
            for person, most in strongest.items():
                best.setdefault(person, []).append(most)
        return _departures({person: float(np.mean(sorted(some)[-STRONGEST:])) for person, some in best.items()})

    def _near(self, near: Sequence[str], far: Sequence[str], least: float) -> Iterator[tuple[Passage, Hit]]:
        """The passages from `least` on to one list of sentences, and clearly nearer to it than to the other."""
        for passage, (close, apart) in zip(self.said, self._compared(near, far), strict=True):
            if close >= least and close - apart >= NEARER_BY:
                yield passage, Hit(passage.evidence, close, apart)

    def _compared(self, near: Sequence[str], far: Sequence[str]) -> list[tuple[float, float]]:
        """How near every passage is to both lists of sentences; worked out once for each pair of lists."""
        lists = (tuple(near), tuple(far))
        if lists not in self._nearness:
            close, apart = ((self.vectors @ self.embedder.encode(list(one)).T).max(axis=1).tolist() for one in lists)
            self._nearness[lists] = [(round(c, 6), round(a, 6)) for c, a in zip(close, apart, strict=True)]
        return self._nearness[lists]


def _departures(values: dict[str, float]) -> dict[str, float]:
    if len(values) < FEWEST_OTHERS:
        return dict.fromkeys(values, UNTOLD)
    middle = median(values.values())
    spread = TO_DEVIATION * median(abs(value - middle) for value in values.values())
    return {person: round((value - middle) / max(spread, 1e-6), 3) for person, value in values.items()}


def _shows(hit: Hit, words: re.Pattern[str], read: str) -> bool:
    """Whether a passage near the cues says the same, or says it with one of the sign's words."""
    if hit.nearness >= SAME and hit.nearness - hit.against >= SAME_BY:
        return True
    return bool(words.search(read.replace("’", "'")))


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
