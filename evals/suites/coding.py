"""Suite `coding`: does the local coder give a sentence the codes that people gave it?

Dataset: `{"id","text","context","codes"}` rows (see `evals.dataset.CodingRow`).

With `cross_validate=k` the rows are split into k folds by source, and each fold is coded by a coder
trained on the others; `founders.jsonl` and `written.jsonl` beside the dataset, and the files named in
`extra`, join every training fold (rows that share a source or their words with the dataset are left
out first). Without it the committed coder reads the rows as it is; a warning says how many of them
it was trained on, because those figures flatter.

Scores: `micro_f1`, `macro_f1` (codes with one example or more), `macro_f1_frequent` (14 or more),
`alpha` and `ac1` (means over codes), `alpha_pooled`, `precision_high` and `recall_high` (pooled, at the
high-precision thresholds: what reaches a persona) and `f1.<code>`.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np

from app.engines.coder import LocalCoder
from app.errors import BadInput
from app.models.codebook import load_codebook
from evals import metrics
from evals.coding_readings import Reading, read_with, validate
from evals.dataset import CodingRow, digest, find_dataset, read_coding
from evals.metrics import Flags
from evals.report import EvalReport
from retrieval.embedder import Embedder

SIBLINGS = ("founders.jsonl", "written.jsonl")
FREQUENT = 14  # below this many examples one code's F1 says little


def run(
    dataset: Path,
    *,
    embedder: Embedder,
    cross_validate: int | None = None,
    coder: LocalCoder | None = None,
    extra: list[Path] | None = None,
) -> EvalReport:
    """Score the coder on a dataset, with `cross_validate` folds or as `coder` stands.

    Raises BadInput or UnreadableSource where the dataset is unfit.
    """
    path, start = find_dataset(dataset), time.perf_counter()
    rows = read_coding(path, load_codebook().ids)
    if cross_validate is not None:
        reading = validate(rows, training_files(path, extra or []), cross_validate, embedder)
    elif coder is not None:
        reading = read_with(coder, rows, embedder)
    else:
        raise BadInput("There is nothing to measure. Give a trained coder or a number of folds.")
    return EvalReport(
        suite="coding",
        scores=scores(reading),
        rows=[_row(row, reading, number) for number, row in enumerate(rows)],
        run=_run(path, rows, reading, cross_validate, embedder, time.perf_counter() - start),
    )


def training_files(dataset: Path, extra: list[Path]) -> list[Path]:
    """The files that join every training fold: known ones beside the dataset, and those named."""
    beside = [dataset.parent / name for name in SIBLINGS if (dataset.parent / name).is_file()]
    return [path for path in dict.fromkeys([*beside, *extra]) if path.resolve() != dataset.resolve()]


def scores(reading: Reading) -> dict[str, float]:
    """The suite's scores; those without anything to count are left out."""
    actual, balanced = reading.actual, reading.balanced
    found: dict[str, float | None] = {
        "micro_f1": _where(actual.any() or balanced.any(), metrics.micro_f1(actual, balanced)),
        "macro_f1": _where(actual.any(), metrics.macro_f1(actual, balanced)),
        "macro_f1_frequent": _where(_frequent(actual), metrics.macro_f1(actual, balanced, least=FREQUENT)),
        "alpha": metrics.mean_alpha(actual, balanced),
        "alpha_pooled": metrics.pooled_alpha(actual, balanced),
        "ac1": metrics.mean_ac1(actual, balanced),
        "precision_high": _where(reading.high.any(), metrics.micro_precision(actual, reading.high)),
        "recall_high": _where(actual.any(), metrics.micro_recall(actual, reading.high)),
    }
    by_code = metrics.code_scores(actual, balanced, reading.codes)
    found |= {f"f1.{code}": _where(score.support > 0, score.f1) for code, score in by_code.items()}
    return {name: float(value) for name, value in found.items() if value is not None and not np.isnan(value)}


def _where(defined: object, value: float) -> float | None:
    return value if defined else None


def _frequent(actual: Flags) -> bool:
    return bool((actual.sum(axis=0) >= FREQUENT).any())


def _row(row: CodingRow, reading: Reading, number: int) -> dict[str, Any]:
    def said(flags: Flags) -> str:
        return ", ".join(code for code, given in zip(reading.codes, flags[number], strict=True) if given)

    return {
        "id": row.id, "source": row.source, "text": row.text, "reaches_personas": said(reading.high),
        "expected": said(reading.actual), "got": said(reading.balanced),
    }  # fmt: skip


def _per_class(reading: Reading) -> list[dict[str, Any]]:
    balanced = metrics.code_scores(reading.actual, reading.balanced, reading.codes)
    high = metrics.code_scores(reading.actual, reading.high, reading.codes)
    return [
        {
            "code": code, "precision": found.precision, "recall": found.recall, "f1": found.f1,
            "precision high": high[code].precision, "recall high": high[code].recall, "threshold high": threshold,
            "prevalence": found.prevalence, "examples": found.support,
        }
        for (code, found), threshold in zip(balanced.items(), reading.thresholds, strict=True)
    ]  # fmt: skip


def _interval(rows: list[CodingRow], reading: Reading) -> str:
    """How far micro F1 would move with other interviews of the same kind."""
    groups = [row.group for row in rows]
    if len(set(groups)) < 2:
        return "not evaluable: one source"
    found = metrics.bootstrap_interval(
        groups, lambda drawn: metrics.micro_f1(reading.actual[drawn], reading.balanced[drawn])
    )
    return f"{found.low:.3f} to {found.high:.3f} (95 %, over {len(set(groups))} sources)"


def _missing(found: dict[str, float], reading: Reading) -> dict[str, str]:
    reasons = {
        "micro_f1": "nobody gave a code", "macro_f1": "people gave no code", "alpha": "no code varies",
        "macro_f1_frequent": f"no code has {FREQUENT} examples", "alpha_pooled": "no code varies",
        "precision_high": "no code passed its high threshold", "recall_high": "people gave no code",
        **{f"f1.{code}": "people never gave it" for code in reading.codes},
    }  # fmt: skip
    return {name: reason for name, reason in reasons.items() if name not in found}


def _run(
    path: Path, rows: list[CodingRow], reading: Reading, folds: int | None, embedder: Embedder, seconds: float
) -> dict[str, Any]:
    return {
        "dataset": path.name, "dataset_sha256": digest(path), "engine": "local", "embeddings": embedder.name,
        "rows": len(rows), "folds": folds or 0, "seconds": round(seconds, 1),
        "micro_f1_interval": _interval(rows, reading),
        "per_class": _per_class(reading), "not_evaluable": _missing(scores(reading), reading),
        "warnings": reading.warnings, "notes": reading.notes,
    }  # fmt: skip
