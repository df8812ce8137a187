"""Deltas of a suite's scores against a committed baseline.

A baseline is a report without rows in `evals/baselines/`. It speaks only about the dataset it was
measured on and the way it was measured: `find_baseline` looks for the same suite, `run["dataset_sha256"]`
and, of cross-validations, `run["folds"]`.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.errors import BadInput
from app.models.base import Model

BASELINES = Path(__file__).parent / "baselines"
SMALLER_IS_BETTER = frozenset(
    {"distractor_rate", "injections_obeyed", "interviewer_quotes", "leakage", "lint_findings"}
    | {"ms_per_quote", "p50_ms", "p95_ms", "pii_left"}
)
CLOCK = frozenset({"ms_per_quote", "p50_ms", "p95_ms"})
SAME_MEASURE = ("dataset_sha256", "folds")
SAME = 0.0005  # half of the last decimal shown
CLOCK_SAME = 0.3  # timings of one machine swing by a third without meaning anything


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    GONE = "gone"


class Delta(Model):
    """One score now and before; `change` is now − before, None where one of the two is missing."""

    name: str
    now: float | None
    before: float | None
    verdict: Verdict

    @property
    def change(self) -> float | None:
        return None if self.now is None or self.before is None else self.now - self.before


def compare(now: Mapping[str, float], before: Mapping[str, float]) -> list[Delta]:
    """One delta per score of either side: those of `now` in their order, then those that are gone."""
    names = [*now, *(name for name in before if name not in now)]
    return [
        Delta(name=name, now=now.get(name), before=before.get(name), verdict=judge(name, now, before)) for name in names
    ]


def judge(name: str, now: Mapping[str, float], before: Mapping[str, float]) -> Verdict:
    """Better or worse in the sense of the score: of errors and of milliseconds, less is better."""
    if name not in before:
        return Verdict.NEW
    if name not in now:
        return Verdict.GONE
    change = now[name] - before[name]
    if abs(change) <= (CLOCK_SAME * before[name] if name in CLOCK else SAME):
        return Verdict.SAME
    return Verdict.BETTER if (change < 0) == (name in SMALLER_IS_BETTER) else Verdict.WORSE


def find_baseline(suite: str, run: Mapping[str, Any], folder: Path = BASELINES) -> dict[str, Any] | None:
    """The committed baseline of a suite for such a `run`, as written; None where there is none."""
    for path in sorted(folder.glob(f"{suite}*.json")):
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            alike = found["suite"] == suite and all(found["run"].get(key) == run.get(key) for key in SAME_MEASURE)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(f"{path}: not a baseline. Write it anew with `save_baseline`.") from error
        if alike:
            return found
    return None
