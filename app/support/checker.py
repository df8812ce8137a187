"""SupportChecker: a claim and its evidence in, a verdict out. The same input gives the same verdict.

What is measured (coverage, likeness) and what is found fault with (names, figures, negation, opposites, quantifiers)
is weighed by the numbers in `data/support.yaml`, each of which may only raise or only lower the score.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

import yaml

from app import DATA
from app.models.base import Model
from app.support import figures, names, polarity, quantifiers
from app.support.alignment import Aligned, Alignment, align
from app.support.verdict import Fault, FaultKind, Verdict
from retrieval.embedder import Embedder

# Cosine from which a clause and a sentence speak of one thing, so that a negation in one of them alone tells.
SAME_THING = 0.5
# With less of its content in the evidence, a claim is told what is missing.
MOSTLY_COVERED = 0.5
MOST_NAMED = 5


class SupportRule(Model):
    """The weights, and how their sum becomes a score."""

    weights: dict[str, float]
    even: float
    steepness: float
    nearest: int

    def score(self, parts: Mapping[str, float]) -> float:
        total = sum(self.weights[name] * value for name, value in parts.items())
        return 1 / (1 + exp(-self.steepness * (total - self.even)))


class Check(NamedTuple):
    """A claim with its evidence; k of n people said it, where that is known."""

    claim: str
    evidence: Sequence[str]
    k: int | None = None
    n: int | None = None


@cache
def load_rule(path: Path = DATA / "support.yaml") -> SupportRule:
    return SupportRule.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


class SupportChecker:
    def __init__(self, embedder: Embedder, rule: SupportRule | None = None):
        self.embedder = embedder
        self.rule = rule or load_rule()

    def check(self, claim: str, evidence: Sequence[str], k: int | None = None, n: int | None = None) -> Verdict:
        """How well `evidence`, sentences or short quotes, carries the claim; 0 where there is no evidence."""
        sentences = [text for text in evidence if text.strip()]
        if not sentences or not claim.strip():
            return Verdict(score=0.0, faults=[Fault(kind=FaultKind.CONTENT, text="There is no evidence.")])
        found = align(claim, sentences, self.embedder, self.rule.nearest)
        parts, faults = _weigh(Check(claim, sentences, k, n), found)
        return Verdict(score=round(self.rule.score(parts), 4), faults=faults)

    def check_all(self, checks: Sequence[Check]) -> list[Verdict]:
        return [self.check(*one) for one in checks]


def _weigh(check: Check, found: Alignment) -> tuple[dict[str, float], list[Fault]]:
    """The parts of the score by name, and the faults behind them."""
    parts = {"coverage": found.coverage, "likeness": found.likeness}
    faults: list[Fault] = []
    for name, (share, some) in {
        "figures": _figures(check),
        "names": _names(check),
        "negation": _negation(found.clauses),
        "opposite": _opposites(found.clauses),
        "quantifier": _quantifier(check),
    }.items():
        parts[name] = share
        faults += some
    return parts, faults + _content(found)


def _figures(check: Check) -> tuple[float, list[Fault]]:
    lost, otherwise = figures.missing(check.claim, check.evidence)
    if check.n is not None:
        lost = [one for one in lost if one.value not in (check.k, check.n)]
    told = [
        f"“{one.written}” stands in the evidence of something else than a percentage."
        if one in otherwise
        else f"The evidence does not say “{one.written}”."
        for one in lost
    ]
    share = len(lost) / max(len(figures.figures(check.claim)), 1)
    return share, [Fault(kind=FaultKind.NUMBER, text=text) for text in told]


def _names(check: Check) -> tuple[float, list[Fault]]:
    lost = names.missing(check.claim, check.evidence)
    share = len(lost) / max(len(names.names(check.claim)), 1)
    return share, [Fault(kind=FaultKind.NAME, text=f"The evidence never names “{name}”.") for name in lost]


def _negation(clauses: Sequence[Aligned]) -> tuple[float, list[Fault]]:
    near = [one for one in clauses if one.likeness >= SAME_THING]
    turned = [(one, words) for one in near if (words := polarity.turned_round(one.clause, one.sentence))]
    faults = [
        Fault(kind=FaultKind.NEGATION, text=f"“{one.clause.strip()}”: the evidence says the reverse.")
        for one, _ in turned
    ]
    return float(bool(turned)), faults


def _opposites(clauses: Sequence[Aligned]) -> tuple[float, list[Fault]]:
    near = [one for one in clauses if one.likeness >= SAME_THING]
    pairs = [pair for one in near if (pair := polarity.opposed(one.clause, one.sentence))]
    faults = [
        Fault(kind=FaultKind.OPPOSITE, text=f"“{pair.claimed}…” where the evidence has “{pair.said}…”.")
        for pair in pairs
    ]
    return float(bool(pairs)), faults


def _quantifier(check: Check) -> tuple[float, list[Fault]]:
    if check.k is None or check.n is None:
        return 0.0, []
    wrong = quantifiers.misfit(check.claim, check.k, check.n)
    return float(bool(wrong)), [Fault(kind=FaultKind.QUANTIFIER, text=f"The claim {wrong}.")] if wrong else []


def _content(found: Alignment) -> list[Fault]:
    if found.coverage >= MOSTLY_COVERED or not found.lost:
        return []
    words = ", ".join(f"“{word}”" for word in found.lost[:MOST_NAMED])
    return [Fault(kind=FaultKind.CONTENT, text=f"The evidence has no word like {words}.")]
