"""Figures of agreement and accuracy: pure functions of arrays, each with its source.

Multi-label matrices have shape (n items, c codes), boolean; a row may be all false. `actual` is what
people said, `predicted` what a coder said. An undefined ratio (nothing to divide by) counts 0, as
scikit-learn's `zero_division=0` does, except agreement, which is NaN where it has no meaning.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


class CodeScore(NamedTuple):
    """One code's figures; `prevalence` is the share of items that people gave it."""

    precision: float
    recall: float
    f1: float
    prevalence: float
    support: int


class Interval(NamedTuple):
    low: float
    high: float


def ratio(part: float, whole: float) -> float:
    """part / whole, and 0 where there is no whole."""
    return float(part / whole) if whole else 0.0


def micro_precision(actual: Flags, predicted: Flags) -> float:
    """Of all codes given, the share that is right (Manning, Raghavan & Schütze 2008, section 13.6)."""
    return ratio((actual & predicted).sum(), predicted.sum())


def micro_recall(actual: Flags, predicted: Flags) -> float:
    """Of all codes that should have been given, the share that was."""
    return ratio((actual & predicted).sum(), actual.sum())


class Reliability(NamedTuple):
    """Decisions with a probability of at least `low`: how many, their mean probability, and the share that is right."""

    low: float
    decisions: int
    said: float
    right: float


def reliability(actual: Flags, probabilities: NDArray[np.floating], edges: Sequence[float]) -> list[Reliability]:
    """What probabilities are worth, between each two `edges` (Murphy & Winkler 1977); empty ranges are left out."""
    truth, said = actual.ravel(), probabilities.ravel()
    ranges = [(low, (said >= low) & (said < high)) for low, high in pairwise(edges)]
    return [
        Reliability(low, int(inside.sum()), float(said[inside].mean()), float(truth[inside].mean()))
        for low, inside in ranges
        if inside.any()
    ]


def micro_f1(actual: Flags, predicted: Flags) -> float:
    """F1 over all decisions pooled (van Rijsbergen 1979; Manning et al. 2008, section 13.6)."""
    return ratio(2 * (actual & predicted).sum(), actual.sum() + predicted.sum())


def code_scores(actual: Flags, predicted: Flags, codes: Sequence[str]) -> dict[str, CodeScore]:
    """Precision, recall, F1 and prevalence of each column."""
    scores = {}
    for column, code in enumerate(codes):
        truth, guess = actual[:, column], predicted[:, column]
        hits = (truth & guess).sum()
        scores[code] = CodeScore(
            precision=ratio(hits, guess.sum()),
            recall=ratio(hits, truth.sum()),
            f1=ratio(2 * hits, truth.sum() + guess.sum()),
            prevalence=ratio(truth.sum(), len(truth)),
            support=int(truth.sum()),
        )
    return scores


def macro_f1(actual: Flags, predicted: Flags, least: int = 1) -> float:
    """Mean F1 over the codes that at least `least` items carry (Manning et al. 2008, section 13.6).

    A code nobody used says nothing about the coder, so it is left out rather than counted 0.
    """
    kept = actual.sum(axis=0) >= least
    if not kept.any():
        return 0.0
    columns = range(int(kept.sum()))
    scores = code_scores(actual[:, kept], predicted[:, kept], [str(column) for column in columns])
    return float(np.mean([score.f1 for score in scores.values()]))


def krippendorff_alpha(first: Flags, second: Flags) -> float:
    """Krippendorff's alpha for two coders, binary nominal data, nothing missing: vectors of one shape.

    1 − observed / expected disagreement, the expectation drawn without replacement from both coders'
    values pooled (Krippendorff 2018, "Content Analysis", 4th ed., chapter 12). NaN where all values agree
    on one category: no variation, nothing to agree about.
    """
    observed = float((first != second).mean())
    values = 2 * first.size
    ones = int(first.sum()) + int(second.sum())
    expected = 2 * ones * (values - ones) / (values * (values - 1))
    return 1 - observed / expected if expected else float("nan")


def mean_alpha(actual: Flags, predicted: Flags) -> float:
    """Mean of the codes' alphas, codes without variation left out; NaN where none is left."""
    alphas = [krippendorff_alpha(actual[:, c], predicted[:, c]) for c in range(actual.shape[1])]
    known = [alpha for alpha in alphas if not np.isnan(alpha)]
    return float(np.mean(known)) if known else float("nan")


def pooled_alpha(actual: Flags, predicted: Flags) -> float:
    """Alpha over all (item, code) decisions as one binary variable."""
    return krippendorff_alpha(actual.ravel(), predicted.ravel())


def cohen_kappa(first: Flags, second: Flags) -> float:
    """Cohen's kappa for two coders and two categories: agreement beyond what their own shares would give by chance.

    (observed − chance) / (1 − chance) with chance = pq + (1 − p)(1 − q), p and q the shares of ones of the two
    coders (Cohen 1960, "A coefficient of agreement for nominal scales"). NaN where chance alone is sure to agree.
    """
    observed = float((first == second).mean())
    p, q = float(first.mean()), float(second.mean())
    chance = p * q + (1 - p) * (1 - q)
    return (observed - chance) / (1 - chance) if chance < 1 else float("nan")


def gwet_ac1(first: Flags, second: Flags) -> float:
    """Gwet's AC1 for two coders and two categories: steady where a code is very rare or very common.

    (observed − chance) / (1 − chance) with chance = 2π(1 − π), π the mean share of ones (Gwet 2008,
    "Computing inter-rater reliability and its variance in the presence of high agreement").
    """
    observed = float((first == second).mean())
    share = (float(first.mean()) + float(second.mean())) / 2
    chance = 2 * share * (1 - share)
    return (observed - chance) / (1 - chance)


def mean_ac1(actual: Flags, predicted: Flags) -> float:
    """Mean of the codes' AC1."""
    return float(np.mean([gwet_ac1(actual[:, c], predicted[:, c]) for c in range(actual.shape[1])]))


def auc(truth: Flags, scores: Numbers) -> float:
    """Area under the ROC curve (Hanley & McNeil 1982); NaN where only one class is present."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(truth, scores)) if 0 < truth.sum() < truth.size else float("nan")


def balanced_accuracy(truth: Flags, guess: Flags) -> float:
    """Mean of both classes' recall (Brodersen et al. 2010); NaN where only one class is present."""
    from sklearn.metrics import balanced_accuracy_score

    return float(balanced_accuracy_score(truth, guess)) if 0 < truth.sum() < truth.size else float("nan")


def bootstrap_interval(
    groups: Sequence[str],
    measure: Callable[[NDArray[np.intp]], float],
    samples: int = 500,
    level: float = 0.95,
    seed: int = 7,
) -> Interval:
    """Percentile bootstrap of `measure(rows)`, drawing whole groups with replacement (Efron & Tibshirani 1993).

    `groups` names the group (an interview) of each row: sentences of one interview are alike, and drawing
    them singly would promise too narrow an interval. `measure` receives row numbers, repeats included.
    """
    names, membership = np.unique(np.asarray(groups), return_inverse=True)
    rows = [np.flatnonzero(membership == group) for group in range(len(names))]
    random = np.random.default_rng(seed)
    drawn = [
        measure(np.concatenate([rows[group] for group in random.integers(0, len(names), len(names))]))
        for _ in range(samples)
    ]
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))
