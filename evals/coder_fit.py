"""Fitting the local coder: the head (multinomial logistic regression) and its thresholds.

Labels are a boolean matrix (n rows, c codes). A row's target is spread evenly over its codes, or lies
wholly on “none” where it has none. Everything here is deterministic.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from app.engines.coder import Head
from app.engines.coder_cues import COLUMNS as CUE_COLUMNS
from app.engines.coder_features import Features
from evals.metrics import Flags, Numbers

Matrix = NDArray[np.float32]

# Chosen by cross-validation over sources on train.jsonl; the neighbouring values do as well.
PENALTY = 5.0
STEPS = 80
VECTOR_COLUMNS = 384


def targets(labels: Flags) -> Matrix:
    """(n, c + 1) shares that sum to 1 in each row; the last column is “none”."""
    shares = np.hstack([labels, ~labels.any(axis=1, keepdims=True)]).astype(np.float32)
    even: Matrix = shares / shares.sum(axis=1, keepdims=True)
    return even


def fit_head(found: Features, labels: Flags, weights: Numbers) -> Head:
    """The head that minimises weighted cross-entropy plus PENALTY/2 · |coefficients|², by L-BFGS.

    Dense columns are brought to mean 0 and one common spread for fitting; the head that is answered
    takes them as they come.
    """
    centre, scale = found.dense.mean(axis=0), spread(found.dense)
    fitted = _minimise((found.dense - centre) * scale, found.words, targets(labels), weights)
    dense = fitted.dense * scale[:, None]
    return Head(dense, fitted.words, fitted.bias - centre @ dense)


def spread(dense: Matrix) -> Matrix:
    """What each dense column is multiplied with, so that each block of columns has length 1 in a usual row."""
    wide = dense.shape[1]
    block = np.where(np.arange(wide) < wide - CUE_COLUMNS, VECTOR_COLUMNS, CUE_COLUMNS)
    scale: Matrix = (1 / ((dense.std(axis=0) + 1e-6) * np.sqrt(block))).astype(np.float32)
    return scale


def _minimise(dense: Matrix, words: Matrix, wanted: Matrix, weights: Numbers) -> Head:
    wide, slots, columns = dense.shape[1], words.shape[1], wanted.shape[1]
    weight = (weights / weights.mean()).astype(np.float32)[:, None]
    dense_rows, word_rows = np.ascontiguousarray(dense.T), csr_matrix(words.T)

    def head(flat: Numbers) -> Head:
        table = flat.astype(np.float32).reshape(wide + slots + 1, columns)
        return Head(table[:wide], table[wide:-1], table[-1])

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        now = head(flat)
        scores = dense @ now.dense + words @ now.words + now.bias
        logs = scores - scores.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        error = (np.exp(logs) - wanted) * weight
        slope = np.vstack([dense_rows @ error, word_rows @ error, error.sum(axis=0)]).astype(np.float64)
        coefficients = flat[:-columns]
        slope.ravel()[:-columns] += PENALTY * coefficients
        surprise = -float((wanted * logs * weight).sum(dtype=np.float64))
        return surprise + PENALTY / 2 * float(coefficients @ coefficients), slope.ravel()

    start = np.zeros((wide + slots + 1) * columns)
    # One thread: faster for vectors of this size, and the same bits however many cores there are.
    with threadpool_limits(1):
        return head(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 8}).x)
