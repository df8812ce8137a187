"""How well the local coder reads sources it was not trained on: cross-validation, folds by source.

Everything that is chosen (coefficients, thresholds) is chosen inside the training part of a fold; the
thresholds from rows which, within that part, were themselves left out (nested cross-validation:
Varma & Simon 2006).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engines.coder import Head, Matrix
from app.engines.coder_features import CodingInput, Features, features
from app.models.codebook import load_codebook
from evals import coder_thresholds
from evals.coder_fit import fit_head
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
    meant for, the others only help to train it."""

    found: Features
    labels: Flags
    sources: NDArray[np.str_]
    kinds: NDArray[np.intp]
    main: Flags

    def fit(self, rows: Rows) -> Head:
        kinds = np.unique(self.kinds[rows], return_inverse=True)[1]
        return fit_head(self.found.take(rows), self.labels[rows], kinds)

    def left_out(self, rows: Rows, folds: int, seed: int) -> Matrix:
        """Probabilities of `rows`, each by a head that did not see its source."""
        found = np.zeros((len(rows), self.labels.shape[1]), dtype=np.float32)
        for test in folds_by_source(self.sources[rows], folds, seed):
            found[test] = self.fit(np.delete(rows, test)).probabilities(self.found.take(rows[test]))
        return found

    def thresholds(self, rows: Rows, folds: int, seed: int) -> dict[str, Numbers]:
        """Both sets of thresholds for the main ones of `rows`; the others speak where a code is rare."""
        probabilities, actual, main = self.left_out(rows, folds, seed), self.labels[rows], self.main[rows]
        return {
            "f1": coder_thresholds.balanced(actual[main], probabilities[main]),
            "high_precision": coder_thresholds.high_precision(actual, probabilities, main),
        }


def material(
    rows: Sequence[CodedRow], extra_rows: Sequence[CodedRow], codes: Sequence[str], embedder: Embedder
) -> Material:
    """Features and labels of both kinds of rows, `rows` first."""
    both = [*rows, *extra_rows]
    return Material(
        found=features([CodingInput(row.text, row.previous, row.question) for row in both], embedder),
        labels=np.array([[code in row.codes for code in codes] for row in both], dtype=bool),
        sources=np.array([row.source for row in both]),
        kinds=kinds_of(both),
        main=np.arange(len(both)) < len(rows),
    )


def kinds_of(rows: Sequence[CodedRow]) -> NDArray[np.intp]:
    """The number of each row's kind of speech; kinds with few rows count as interviews."""
    sizes = Counter(row.kind for row in rows)
    names = [row.kind if sizes[row.kind] >= LEAST_OF_A_KIND else INTERVIEW for row in rows]
    return np.unique(names, return_inverse=True)[1]


def cross_validate(
    rows: Sequence[CodedRow],
    extra_rows: Sequence[CodedRow],
    folds: int,
    embedder: Embedder,
    seed: int = 7,
    codes: Sequence[str] | None = None,
) -> CrossValidation:
    """Read each of `rows` with a coder that never saw its source; `extra_rows` join every training part.

    `folds` lies between 2 and the number of sources; `codes` defaults to the codebook's.
    """
    codes = list(codes or load_codebook().ids)
    ready = material(rows, extra_rows, codes, embedder)
    count = len(rows)
    probabilities = np.zeros((count, len(codes)), dtype=np.float32)
    flags = {name: np.zeros((count, len(codes)), dtype=bool) for name in ("f1", "high_precision")}
    found = []
    for test in folds_by_source(ready.sources[:count], folds, seed):
        train = np.delete(np.arange(len(ready.labels)), test)
        thresholds = ready.thresholds(train, INNER_FOLDS, seed)
        probabilities[test] = ready.fit(train).probabilities(ready.found.take(test))
        for name, given in flags.items():
            given[test] = probabilities[test] >= thresholds[name]
        found.append(Fold(sorted(set(ready.sources[test].tolist())), thresholds))
    return CrossValidation(codes, ready.labels[:count], probabilities, flags["f1"], flags["high_precision"], found)


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
