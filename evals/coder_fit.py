"""Fitting the local coder's head: one expert for each kind of speech, and the gate between them.

Labels are a boolean matrix (n rows, c codes). A row's target is spread evenly over its codes, or lies
wholly on “none” where it has none. Everything here is deterministic.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from app.engines.coder import Head, Linear, Matrix
from app.engines.coder_cues import COLUMNS as CUE_COLUMNS
from app.engines.coder_features import Features
from evals.metrics import Flags, Numbers

# Chosen by cross-validation over sources on train.jsonl; the neighbouring values do as well.
PENALTY = 5.0
STEPS = 40
VECTOR_COLUMNS = 384
# How much a row counts for the experts on other kinds of speech than its own.
VISITOR = 0.2


def targets(labels: Flags) -> Matrix:
    """(n, c + 1) shares that sum to 1 in each row; the last column is “none”."""
    shares = np.hstack([labels, ~labels.any(axis=1, keepdims=True)]).astype(np.float32)
    even: Matrix = shares / shares.sum(axis=1, keepdims=True)
    return even


def fit_head(found: Features, labels: Flags, kinds: NDArray[np.intp]) -> Head:
    """The head for rows whose kind of speech is numbered in `kinds` (n), from 0 without gaps."""
    own = np.arange(kinds.max() + 1) == kinds[:, None]
    gate = fit_linear(found, own.astype(np.float32), np.ones(len(kinds)))
    wanted = targets(labels)
    experts = [fit_linear(found, wanted, np.where(mine, 1.0, VISITOR)) for mine in own.T]
    return Head(gate, tuple(experts))


def fit_linear(found: Features, wanted: Matrix, weights: Numbers) -> Linear:
    """The layer that minimises weighted cross-entropy plus PENALTY/2 · |coefficients|², by L-BFGS.

    `wanted` holds shares that sum to 1 in each row. Dense columns are brought to mean 0 and one common
    spread for fitting; the layer that is answered takes them as they come.
    """
    centre, scale = found.dense.mean(axis=0), spread(found.dense)
    fitted = _minimise((found.dense - centre) * scale, found.words, wanted, weights)
    dense = fitted.dense * scale[:, None]
    return Linear(dense, fitted.words, fitted.bias - centre @ dense)


def spread(dense: Matrix) -> Matrix:
    """What each dense column is multiplied with, so that each block of columns has length 1 in a usual row."""
    wide = dense.shape[1]
    block = np.where(np.arange(wide) < wide - CUE_COLUMNS, VECTOR_COLUMNS, CUE_COLUMNS)
    scale: Matrix = (1 / ((dense.std(axis=0) + 1e-6) * np.sqrt(block))).astype(np.float32)
    return scale


def _minimise(dense: Matrix, words: Matrix, wanted: Matrix, weights: Numbers) -> Linear:
    wide, slots, columns = dense.shape[1], words.shape[1], wanted.shape[1]
    weight = (weights / weights.mean()).astype(np.float32)[:, None]
    dense_rows, word_rows = np.ascontiguousarray(dense.T), csr_matrix(words.T)

    def layer(flat: Numbers) -> Linear:
        table = flat.astype(np.float32).reshape(wide + slots + 1, columns)
        return Linear(table[:wide], table[wide:-1], table[-1])

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        now = layer(flat)
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
        return layer(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 8}).x)
