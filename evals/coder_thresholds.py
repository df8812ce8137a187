"""Where the local coder draws its lines, from probabilities of rows it was not trained on.

`actual` and `probabilities` have shape (n rows, c codes); each answer is one threshold a code.
"""

import numpy as np

from app.engines.coder import Matrix
from evals.metrics import Flags, Numbers, micro_f1, ratio

GRID = np.arange(0.06, 0.95, 0.01)
# A threshold may leave the common one if that wins this many decisions each time it moves by a factor of e:
# thresholds fitted freely to rare codes do not hold on other interviews.
LOYALTY = 20.0
# What reaches personas must be right 70 times in 100; aiming a little higher leaves room for other interviews.
PRECISION_WANTED = 0.72
CODE_PRECISION_WANTED = 0.65
# Codes with few accepted sentences are judged as if this many more had been given, as precisely as wanted.
BENEFIT = 4
OTHERS = 0.3


def balanced(actual: Flags, probabilities: Matrix) -> Numbers:
    """Thresholds for the best micro F1, drawn towards the best common one.

    Micro F1 is a ratio, so each code can be improved on its own against the ratio reached so far
    (Dinkelbach 1967), a few times over.
    """
    common = max(GRID, key=lambda line: micro_f1(actual, probabilities >= line))
    lines = np.full(actual.shape[1], common)
    for _ in range(5):
        reached = micro_f1(actual, probabilities >= lines)
        lines = np.array([_best_line(a, p, reached, common) for a, p in zip(actual.T, probabilities.T, strict=True)])
    return lines


def _best_line(actual: Flags, probabilities: Matrix, reached: float, common: float) -> float:
    def gain(line: float) -> float:
        given = probabilities >= line
        worth = 2 * (actual & given).sum() - reached * given.sum()
        return float(worth - LOYALTY * abs(np.log(line / common)))

    return float(max(GRID, key=gain))


def high_precision(actual: Flags, probabilities: Matrix, main: Flags) -> Numbers:
    """One common threshold at which the wanted share of all codes given to `main` rows is right, raised for
    each code that needs it.

    A common threshold holds for codes too rare to have one of their own, and whether a code needs another is
    asked of all rows, the others counting less: some codes hardly occur in the main ones.
    """
    weights = np.where(main, 1.0, OTHERS)
    common = _first_line(actual[main], probabilities[main], weights[main, None], PRECISION_WANTED, floor=0.0)
    return np.array(
        [
            _first_line(actual[:, code], probabilities[:, code], weights, CODE_PRECISION_WANTED, common, BENEFIT)
            for code in range(actual.shape[1])
        ]
    )


def _first_line(
    actual: Flags, probabilities: Matrix, weights: Numbers, wanted: float, floor: float, benefit: float = 0.0
) -> float:
    """The lowest line from `floor` upwards with the wanted precision."""
    for line in GRID[np.searchsorted(GRID, floor) :]:
        given = (probabilities >= line) * weights
        if ratio((actual * given).sum() + benefit * wanted, given.sum() + benefit) >= wanted:
            return float(line)
    return float(GRID[-1])
