"""How well the local coder reads sources it was not trained on: cross-validation, folds by source.

Everything that is chosen (coefficients, thresholds) is chosen inside the training part of a fold; the
thresholds from rows which, within that part, were themselves left out (nested cross-validation:
Varma & Simon 2006).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.engines.coder import Head, Matrix, joined
from app.engines.coder_features import CodingInput, Features, features
from evals import coder_thresholds
from evals.coder_fit import fit_head
from evals.encoder_material import Tuning, tuning
from evals.metrics import Flags, Numbers
from retrieval.embedder import Embedder
from retrieval.evidence import Noun

INNER_FOLDS = 3
# Fewer rows than this do not make a kind of speech of their own.
LEAST_OF_A_KIND = 150
INTERVIEW = "interview"

Rows = NDArray[np.intp]


class CodedRow(Noun):
    """A sentence and the codes that people gave it. `source` is the interview it was cut from."""

    id: str
    source: str
    text: str
    codes: list[str]
    previous: str = ""
    question: str = ""

    @property
    def kind(self) -> str:
        """The kind of speech: what stands before “:” in the source's name (`ft`, `written`), else an interview."""
        before, colon, _ = self.source.partition(":")
        return before if colon else INTERVIEW


@dataclass(frozen=True)
class Fold:
    """The sources that were left out, and the thresholds chosen without them."""

    sources: list[str]
    thresholds: dict[str, Numbers]


@dataclass(frozen=True)
class CrossValidation:
    """Matrices of shape (n rows, c codes), in the order of the rows given: `predicted` at the balanced
    thresholds, `high_precision` at those for personas."""

    codes: list[str]
    actual: Flags
    probabilities: Matrix
    predicted: Flags
    high_precision: Flags
    folds: list[Fold]


@dataclass(frozen=True)
class Material:
    """Rows made ready for fitting. `kinds` numbers their kinds of speech; `main` marks the rows the coder is
    meant for, the others only help to train it. Without `tuning` the head reads alone."""

    found: Features
    labels: Flags
    sources: NDArray[np.str_]
    kinds: NDArray[np.intp]
    main: Flags
    tuning: Tuning | None = None

    def fit(self, rows: Rows) -> Head:
        kinds = np.unique(self.kinds[rows], return_inverse=True)[1]
        return fit_head(self.found.take(rows), self.labels[rows], kinds)

    def read(self, train: Rows, test: Rows) -> Matrix:
        """Probabilities of the rows `test` by a coder that learnt from `train`.

        The encoder has met every extra row, so those are read by the head alone.
        """
        found = self.fit(train).probabilities(self.found.take(test))
        mine = self.main[test]
        if self.tuning and mine.any():
            found[mine] = joined(found[mine], self.tuning.read(train[self.main[train]], test[mine]))
        return found

    def thresholds(self, rows: Rows, seed: int) -> dict[str, Numbers]:
        """Both sets of thresholds, from those of `rows` that are left out in turn: with an encoder to train each
        time, from the first third only."""
        tests = folds_by_source(self.sources[rows], INNER_FOLDS, seed)[: 1 if self.tuning else INNER_FOLDS]
        found = np.vstack([self.read(np.delete(rows, test), rows[test]) for test in tests])
        return lines(found, self.labels[held := rows[np.concatenate(tests)]], self.main[held])

    def fold(self, test: Rows, seed: int) -> tuple[Matrix, dict[str, Numbers]]:
        """Probabilities of the rows `test`, and thresholds, by a coder that saw all rows but them."""
        train = np.delete(np.arange(len(self.labels)), test)
        return self.read(train, test), self.thresholds(train, seed)


def lines(probabilities: Matrix, actual: Flags, main: Flags) -> dict[str, Numbers]:
    """Both sets of thresholds for the main rows; the others speak where a code is rare."""
    return {
        "f1": coder_thresholds.balanced(actual[main], probabilities[main]),
        "high_precision": coder_thresholds.high_precision(actual, probabilities, main),
    }


def material(
    rows: Sequence[CodedRow],
    extra_rows: Sequence[CodedRow],
    codes: Sequence[str],
    embedder: Embedder,
    models: Path | None = None,
    seed: int = 7,
) -> Material:
    """Features and labels of both kinds of rows, `rows` first; the encoder joins where `models` says where its
    lower layers are kept."""
    both = [*rows, *extra_rows]
    inputs = [CodingInput(row.text, row.previous, row.question) for row in both]
    labels = np.array([[code in row.codes for code in codes] for row in both], dtype=bool)
    main = np.arange(len(both)) < len(rows)
    return Material(
        found=features(inputs, embedder),
        labels=labels,
        sources=np.array([row.source for row in both]),
        kinds=kinds_of(both),
        main=main,
        tuning=tuning(inputs, labels, main, models, seed) if models else None,
    )


def kinds_of(rows: Sequence[CodedRow]) -> NDArray[np.intp]:
    """The number of each row's kind of speech; kinds with few rows count as interviews."""
    sizes = Counter(row.kind for row in rows)
    names = [row.kind if sizes[row.kind] >= LEAST_OF_A_KIND else INTERVIEW for row in rows]
    return np.unique(names, return_inverse=True)[1]


def cross_validate(
    ready: Material, codes: Sequence[str], folds: int, seed: int = 7, workers: int = 1
) -> CrossValidation:
    """Read each main row with a coder that never saw its source; the other rows join every training part.

    `folds` lies between 2 and the number of sources. With several `workers` folds are fitted side by side.
    """
    count = int(ready.main.sum())
    tests = folds_by_source(ready.sources[:count], folds, seed)
    probabilities = np.zeros((count, len(codes)), dtype=np.float32)
    flags = {name: np.zeros((count, len(codes)), dtype=bool) for name in ("f1", "high_precision")}
    found = []
    for test, (read, thresholds) in zip(tests, _in_turn(ready, tests, seed, workers), strict=True):
        probabilities[test] = read
        for name, given in flags.items():
            given[test] = read >= thresholds[name]
        found.append(Fold(sorted(set(ready.sources[test].tolist())), thresholds))
    return CrossValidation(
        list(codes), ready.labels[:count], probabilities, flags["f1"], flags["high_precision"], found
    )


def _in_turn(
    ready: Material, tests: list[Rows], seed: int, workers: int
) -> Iterator[tuple[Matrix, dict[str, Numbers]]]:
    """What `Material.fold` says of each of `tests`, in order. Processes, because torch has one state of chance each."""
    if workers < 2 or not ready.tuning:
        yield from (ready.fold(test, seed) for test in tests)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(ready.fold, tests, [seed] * len(tests))


def folds_by_source(sources: NDArray[np.str_], folds: int, seed: int) -> list[Rows]:
    """Row numbers of each fold. Whole sources, shuffled by `seed`, each to the fold with fewest rows so far.

    There are never more folds than sources.
    """
    names, counts = np.unique(sources, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    folds = min(folds, len(names))
    homes, sizes = {}, [0] * folds
    for name in order:
        home = int(np.argmin(sizes))
        homes[names[name]] = home
        sizes[home] += int(counts[name])
    home_of_row = np.array([homes[source] for source in sources])
    return [np.flatnonzero(home_of_row == fold) for fold in range(folds)]
