"""Metrics: worked examples by hand, agreement with scikit-learn, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score, f1_score, precision_score, recall_score

from evals import metrics

ACTUAL = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 1, 0]], dtype=bool)
GUESS = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]], dtype=bool)

MATRIX = arrays(bool, (12, 3))
VECTOR = arrays(bool, 15)


def test_figures_worked_out_by_hand() -> None:
    assert metrics.micro_precision(ACTUAL, GUESS) == pytest.approx(3 / 4)
    assert metrics.micro_recall(ACTUAL, GUESS) == pytest.approx(3 / 4)
    assert metrics.micro_f1(ACTUAL, GUESS) == pytest.approx(3 / 4)
    scores = metrics.code_scores(ACTUAL, GUESS, ["a", "b", "c"])
    assert scores["a"] == (0.5, 0.5, 0.5, 0.5, 2)
    assert scores["b"] == (1.0, 1.0, 1.0, 0.5, 2)
    assert scores["c"] == (0.0, 0.0, 0.0, 0.0, 0)


def test_macro_f1_leaves_out_codes_with_too_few_examples() -> None:
    assert metrics.macro_f1(ACTUAL, GUESS) == pytest.approx(0.75)
    assert metrics.macro_f1(ACTUAL, GUESS, least=3) == 0.0


@given(MATRIX, MATRIX)
def test_pooled_figures_agree_with_scikit_learn(actual: metrics.Flags, guess: metrics.Flags) -> None:
    for ours, theirs in [
        (metrics.micro_f1, f1_score),
        (metrics.micro_precision, precision_score),
        (metrics.micro_recall, recall_score),
    ]:
        assert ours(actual, guess) == pytest.approx(theirs(actual, guess, average="micro", zero_division=0))


def test_alpha_of_a_published_example() -> None:
    """Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", part A: two observers, binary: 0.095."""
    first = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], dtype=bool)
    second = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0], dtype=bool)
    assert metrics.krippendorff_alpha(first, second) == pytest.approx(0.095, abs=0.001)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [((40, 9, 6, 45), 0.70), ((80, 10, 5, 5), 0.32)],
    ids=["balanced", "high agreement but low kappa"],
)
def test_kappa_of_published_tables(table: tuple[int, int, int, int], kappa: float) -> None:
    """Feinstein & Cicchetti (1990), "High agreement but low kappa: I", tables of 100 with 85 agreed."""
    both, one, other, neither = table
    first = np.array([1] * (both + one) + [0] * (other + neither), dtype=bool)
    second = np.array([1] * both + [0] * one + [1] * other + [0] * neither, dtype=bool)
    assert metrics.cohen_kappa(first, second) == pytest.approx(kappa, abs=0.005)


@given(VECTOR, VECTOR)
def test_kappa_agrees_with_scikit_learn(first: metrics.Flags, second: metrics.Flags) -> None:
    value = metrics.cohen_kappa(first, second)
    both = np.concatenate([first, second])
    if both.all() or not both.any():
        assert math.isnan(value)
    else:
        assert value == pytest.approx(cohen_kappa_score(first, second))


def test_ac1_by_hand_where_a_code_is_rare() -> None:
    """118 of 125 agreed no, 5 and 2 disagreed: kappa is below zero, AC1 is not."""
    first = np.array([0] * 118 + [1] * 5 + [0] * 2, dtype=bool)
    second = np.array([0] * 118 + [0] * 5 + [1] * 2, dtype=bool)
    share = 7 / 250
    chance = 2 * share * (1 - share)
    assert metrics.gwet_ac1(first, second) == pytest.approx((118 / 125 - chance) / (1 - chance))
    assert metrics.cohen_kappa(first, second) < 0
    assert metrics.krippendorff_alpha(first, second) < 0


@given(VECTOR, VECTOR)
def test_agreement_is_symmetric_and_at_most_one(first: metrics.Flags, second: metrics.Flags) -> None:
    for agreement in (metrics.krippendorff_alpha, metrics.cohen_kappa, metrics.gwet_ac1):
        value, mirrored = agreement(first, second), agreement(second, first)
        assert value == pytest.approx(mirrored, nan_ok=True)
        assert math.isnan(value) or value <= 1 + 1e-12


@given(VECTOR.filter(lambda flags: 0 < flags.sum() < flags.size))
def test_perfect_agreement_is_one(flags: metrics.Flags) -> None:
    assert metrics.krippendorff_alpha(flags, flags) == pytest.approx(1)
    assert metrics.gwet_ac1(flags, flags) == pytest.approx(1)


def test_agreement_without_variation_has_no_meaning() -> None:
    never = np.zeros((5, 1), dtype=bool)
    assert math.isnan(metrics.mean_alpha(never, never))
    assert metrics.mean_alpha(np.hstack([ACTUAL, ACTUAL]), np.hstack([ACTUAL, ACTUAL])) == pytest.approx(1)
    assert metrics.pooled_alpha(ACTUAL, ACTUAL) == pytest.approx(1)
    assert metrics.mean_ac1(never, never) == pytest.approx(1)


def test_ranking_figures() -> None:
    truth = np.array([True, True, False, False])
    assert metrics.auc(truth, np.array([0.9, 0.3, 0.5, 0.1])) == pytest.approx(0.75)
    assert metrics.balanced_accuracy(truth, np.array([True, False, False, False])) == pytest.approx(0.75)
    assert math.isnan(metrics.auc(~truth & truth, np.zeros(4)))
    assert math.isnan(metrics.balanced_accuracy(truth | ~truth, truth))


def test_bootstrap_draws_whole_groups() -> None:
    groups = ["a", "a", "b", "b", "c", "c"]
    for drawn in rows_drawn(groups):
        counts = np.bincount(drawn, minlength=6)
        assert list(counts[::2]) == list(counts[1::2])


def rows_drawn(groups: list[str]) -> list[np.ndarray]:
    seen: list[np.ndarray] = []

    def remember(rows: np.ndarray) -> float:
        seen.append(rows)
        return 0.0

    metrics.bootstrap_interval(groups, remember, samples=20)
    return seen


def test_bootstrap_interval_holds_the_mean_and_is_repeatable() -> None:
    values = np.arange(40) % 7
    groups = [str(i // 4) for i in range(40)]

    def mean(rows: np.ndarray) -> float:
        return float(values[rows].mean())

    low, high = metrics.bootstrap_interval(groups, mean)
    assert low < values.mean() < high
    assert metrics.bootstrap_interval(groups, mean) == (low, high)


def test_reliability_sets_what_was_said_beside_what_was_right() -> None:
    actual = np.array([[True, False], [True, False]])
    probabilities = np.array([[0.9, 0.1], [0.7, 0.3]])
    assert metrics.reliability(actual, probabilities, (0.0, 0.5, 0.6, 1.01)) == [
        (0.0, 2, pytest.approx(0.2), 0.0),
        (0.6, 2, pytest.approx(0.8), 1.0),
    ]
