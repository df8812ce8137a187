"""Two ways to read a coding dataset: by cross-validation, or with a coder as it stands.

Both give a `Reading`; the suite `coding` turns it into scores.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from app.engines.coder import CodingInput, LocalCoder
from app.errors import BadInput
from app.models.codebook import load_codebook
from evals import coder_validation
from evals.coder_validation import CodedRow
from evals.dataset import CodingRow, read_coding
from evals.metrics import Flags
from retrieval.embedder import Embedder

FEWEST_SOURCES = 4  # thresholds are chosen by a second split inside each training part


class Reading(NamedTuple):
    """What people said and what the coder said: (n rows, c codes) each."""

    codes: list[str]
    actual: Flags
    balanced: Flags
    high: Flags
    thresholds: list[float]
    notes: list[str]
    warnings: list[str]


def validate(rows: list[CodingRow], training: list[Path], folds: int, embedder: Embedder) -> Reading:
    """Read every row with a coder that never saw its source."""
    count = len({row.group for row in rows})
    if count < FEWEST_SOURCES:
        raise BadInput(
            f"The rows come from {count} sources; cross-validation needs {FEWEST_SOURCES}. Give more interviews."
        )
    if not 2 <= folds <= count:
        raise BadInput(f"{folds} folds cannot be cut from {count} sources. Give a number from 2 to {count}.")
    codes = load_codebook().ids
    extra = [row for path in training for row in apart(read_coding(path, codes), rows)]
    found = coder_validation.cross_validate(
        [_coded(row) for row in rows], [_coded(row) for row in extra], folds, embedder
    )
    names = ", ".join(path.name for path in training) or "no other file"
    return Reading(
        codes=found.codes, actual=found.actual, balanced=found.predicted, high=found.high_precision,
        thresholds=np.mean([fold.thresholds["high_precision"] for fold in found.folds], axis=0).tolist(),
        notes=[f"{folds} folds by source; {len(extra)} rows of {names} joined every training fold."], warnings=[],
    )  # fmt: skip


def apart(extra: list[CodingRow], rows: list[CodingRow]) -> list[CodingRow]:
    """Those of `extra` that share neither a source nor their words with `rows`: they would leak."""
    sources, texts = {row.group for row in rows}, {row.text for row in rows}
    return [row for row in extra if row.group not in sources and row.text not in texts]


def read_with(coder: LocalCoder, rows: list[CodingRow], embedder: Embedder) -> Reading:
    """Read every row with the coder as it stands."""
    inputs = [CodingInput(text=row.text, previous=row.before, question=row.question) for row in rows]
    probabilities = coder.predict(inputs, embedder)
    high = coder.thresholds["high_precision"]
    return Reading(
        codes=coder.codes, actual=_flags(rows, coder.codes), balanced=probabilities >= coder.thresholds["f1"],
        high=probabilities >= high, thresholds=high.tolist(), notes=["The committed coder, as it stands."],
        warnings=seen_in_training(coder, rows),
    )  # fmt: skip


def seen_in_training(coder: LocalCoder, rows: list[CodingRow]) -> list[str]:
    """A warning where the coder was trained on sources of these rows; nothing where it was not."""
    seen = sum(row.group in coder.sources for row in rows)
    if not seen:
        return []
    return [f"The coder was trained on the sources of {seen} of these {len(rows)} rows: the figures flatter it. "
            f"Use --cross-validate."]  # fmt: skip


def _flags(rows: list[CodingRow], codes: list[str]) -> Flags:
    return np.array([[code in row.codes for code in codes] for row in rows], dtype=bool)


def _coded(row: CodingRow) -> CodedRow:
    return CodedRow(
        id=row.id, source=row.group, question=row.question, previous=row.before, text=row.text, codes=row.codes
    )
