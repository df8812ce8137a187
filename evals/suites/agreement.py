"""Suite `agreement`: do two coders of a study, people or an engine, mean the same by its codes?

Both must have coded in the same sources; every sentence a participant says there counts, coded or not (see
`app.synthesis.agreement`).

Scores: `alpha` (Krippendorff), `kappa` (Cohen) and `ac1` (Gwet), means over the codes that can be judged,
`…_pooled` over all decisions on those codes at once, and `alpha.<code>`, `kappa.<code>`, `ac1.<code>`. A code is
judged where the two gave it to five sentences or more, and everything where they read ten or more: with
fewer, one sentence decides the figure.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from app.synthesis.agreement import SharedReading
from evals import metrics
from evals.metrics import Flags
from evals.report import EvalReport

MEASURES: dict[str, Callable[[Flags, Flags], float]] = {
    "alpha": metrics.krippendorff_alpha,
    "kappa": metrics.cohen_kappa,
    "ac1": metrics.gwet_ac1,
}
FEWEST_SENTENCES = 10
FEWEST_GIVEN = 5


def run(reading: SharedReading, first: str, second: str, study: str) -> EvalReport:
    """The report on what the coders called `first` and `second` said."""
    judged = _judged(reading)
    scores = _scores(reading, judged)
    return EvalReport(
        suite="agreement", scores=scores, rows=_rows(reading), run=_run(reading, scores, first, second, study)
    )


def _judged(reading: SharedReading) -> list[int]:
    """The columns of codes that were given often enough."""
    if len(reading.first) < FEWEST_SENTENCES:
        return []
    given = (reading.first | reading.second).sum(axis=0)
    often = [int(column) for column in np.flatnonzero(given >= FEWEST_GIVEN)]
    return [column for column in often if reading.codes[column] not in reading.unknown]


def _scores(reading: SharedReading, judged: list[int]) -> dict[str, float]:
    """Every figure that has a meaning."""
    found: dict[str, float] = {}
    for name, measure in MEASURES.items():
        by_code = {reading.codes[c]: measure(reading.first[:, c], reading.second[:, c]) for c in judged}
        known = [value for value in by_code.values() if not np.isnan(value)]
        found[name] = float(np.mean(known)) if known else np.nan
        pooled = measure(reading.first[:, judged].ravel(), reading.second[:, judged].ravel()) if judged else np.nan
        found[f"{name}_pooled"] = pooled
        found |= {f"{name}.{code}": value for code, value in by_code.items()}
    return {name: float(value) for name, value in found.items() if not np.isnan(value)}


def _run(reading: SharedReading, scores: dict[str, float], first: str, second: str, study: str) -> dict[str, Any]:
    sources = len(set(reading.sources))
    return {
        "dataset": f"{study}: {first} and {second}", "coders": f"{first}, {second}", "study": study,
        "sentences": len(reading.sources), "sources": sources, "per_class": _per_code(reading, scores, first, second),
        "not_evaluable": _missing(reading, scores),
        "notes": [
            f"{len(reading.sources)} sentences of {sources} sources in which both coded.",
            "A sentence nobody coded counts as a decision: code whole interviews, or agreement is on silence.",
        ],
    }  # fmt: skip


def _per_code(reading: SharedReading, scores: dict[str, float], first: str, second: str) -> list[dict[str, Any]]:
    rows = []
    for column, code in enumerate(reading.codes):
        one, other = reading.first[:, column], reading.second[:, column]
        if (one | other).any():
            counts = {"n": len(one), "both": int((one & other).sum()), f"only {first}": int((one & ~other).sum()),
                      f"only {second}": int((other & ~one).sum())}  # fmt: skip
            figures = {name: scores.get(f"{name}.{code}") for name in MEASURES}
            rows.append({"code": code, **counts, "prevalence": float((one.mean() + other.mean()) / 2), **figures})
    return rows


def _missing(reading: SharedReading, scores: dict[str, float]) -> dict[str, str]:
    if len(reading.first) < FEWEST_SENTENCES:
        return dict.fromkeys(MEASURES, f"both read {len(reading.first)} sentences, need {FEWEST_SENTENCES}")
    given = (reading.first | reading.second).sum(axis=0)
    few = {
        f"alpha.{code}": _why(reading, code, count)
        for code, count in zip(reading.codes, given, strict=True)
        if 0 < count < FEWEST_GIVEN or (count and code in reading.unknown)
    }
    reason = f"no code was given to {FEWEST_GIVEN} sentences"
    return {**{name: reason for name in MEASURES if name not in scores}, **few}


def _why(reading: SharedReading, code: str, count: int) -> str:
    if code in reading.unknown:
        return f"{reading.unknown[code]} gives it nowhere in the study"
    return f"given {count}×, need {FEWEST_GIVEN}"


def _rows(reading: SharedReading) -> list[dict[str, Any]]:
    """Sentences that either coded: `expected` is what the first coder gave, `got` the second."""

    def said(flags: Flags, number: int) -> str:
        return ", ".join(code for code, given in zip(reading.codes, flags[number], strict=True) if given)

    return [
        {"id": str(n), "source": reading.sources[n], "text": text, "expected": said(reading.first, n),
         "got": said(reading.second, n)}
        for n, text in enumerate(reading.texts)
        if reading.first[n].any() or reading.second[n].any()
    ]  # fmt: skip
