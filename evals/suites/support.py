"""Suite `support`: does the deterministic checker tell claims that their evidence carries from the others?

Dataset: `{"claim","evidence":[…],"label":"supported|partial|unsupported"}` rows. Two classes are scored: `supported`
against the rest, because a claim that is carried in part must be reworded as one that is not. The evidence may be a
whole page: the checker finds what it needs, clause by clause.

Scores: `auc` (Hanley & McNeil 1982) of the checker's score, `balanced_accuracy` at its threshold, and for comparison
`word_overlap_auc`, the share of the claim's words that stand anywhere in the evidence.
"""

import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from app.support.checker import SupportChecker
from app.support.verdict import CARRIED, Verdict
from evals.dataset import SupportRow, digest, find_dataset, read_rows
from evals.metrics import Flags, auc, balanced_accuracy
from evals.report import EvalReport
from retrieval.embedder import Embedder
from retrieval.question import words_of

ONE_CLASS = "every row is of one class"


def run(dataset: Path, embedder: Embedder) -> EvalReport:
    """Check every claim of the dataset; UnreadableSource names a line that is unfit, BadInput an unfit file."""
    path = find_dataset(dataset)
    rows = read_rows(path, SupportRow)
    checker, start = SupportChecker(embedder), time.perf_counter()
    verdicts = [checker.check(row.claim, row.evidence) for row in rows]
    seconds = round(time.perf_counter() - start, 3)
    scores = _scores(rows, verdicts)
    known = {name: value for name, value in scores.items() if not np.isnan(value)}
    return EvalReport(
        suite="support",
        scores=known,
        rows=[_row(number, row, verdict) for number, (row, verdict) in enumerate(zip(rows, verdicts, strict=True), 1)],
        run=_run(path, rows, verdicts, seconds)
        | {"embedder": embedder.name, "not_evaluable": {name: ONE_CLASS for name in scores if name not in known}},
    )


def word_overlap(row: SupportRow) -> float:
    """The share of the claim's words that stand anywhere in the evidence."""
    wanted = set(words_of(row.claim))
    held = {word for text in row.evidence for word in words_of(text)}
    return len(wanted & held) / max(len(wanted), 1)


def _scores(rows: list[SupportRow], verdicts: list[Verdict]) -> dict[str, float]:
    truth: Flags = np.array([row.label == "supported" for row in rows])
    values = np.array([verdict.score for verdict in verdicts])
    return {
        "auc": auc(truth, values),
        "balanced_accuracy": balanced_accuracy(truth, values >= CARRIED),
        "word_overlap_auc": auc(truth, np.array([word_overlap(row) for row in rows])),
    }


def _row(number: int, row: SupportRow, verdict: Verdict) -> dict[str, Any]:
    return {
        "id": row.id or str(number), "claim": row.claim, "sentences": len(row.evidence), "label": row.label,
        "expected": _class(row.label == "supported"), "got": _class(verdict.carried), "score": verdict.score,
        "faults": [fault.text for fault in verdict.faults],
    }  # fmt: skip


def _class(supported: bool) -> str:
    return "supported" if supported else "not supported"


def _run(path: Path, rows: list[SupportRow], verdicts: list[Verdict], seconds: float) -> dict[str, Any]:
    judged = list(zip(rows, verdicts, strict=True))
    by_label = {label: [verdict for row, verdict in judged if row.label == label] for label in _labels(rows)}
    return {
        "dataset": path.name, "dataset_sha256": digest(path), "seconds": seconds,
        "ms_per_claim": round(1000 * seconds / len(rows), 1), "checker": "deterministic, weights of data/support.yaml",
        "per_class": [
            {"class": label, "n": len(found), "mean score": float(np.mean([v.score for v in found])),
             "carried": sum(v.carried for v in found)}
            for label, found in by_label.items()
        ],
        "notes": ["`supported` against the rest: what is carried in part counts as not supported.",
                  "The checker's weights are set by hand, not fitted to a dataset."],
    }  # fmt: skip


def _labels(rows: list[SupportRow]) -> list[str]:
    """The labels that occur, commonest first."""
    return [label for label, _ in Counter(row.label for row in rows).most_common()]
