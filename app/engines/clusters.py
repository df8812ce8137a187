"""Clusters: groups of rows, and how many there are.

scikit-learn is loaded where it is used: it is slow to load, and nothing but a run needs it.
"""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
Labels = NDArray[np.intp]

# Worth that a smaller number of groups may lack: fewer groups that explain nearly as much are better, and leaving
# other people out by chance changes the stability by about as much.
PARSIMONY = 0.05
# A silhouette under which there is one group and no more; and a spread under which all rows are the same.
NOT_APART, ALIKE = 0.02, 1e-6
# How often people are left out to see whether the groups hold, and which share stays.
ROUNDS, SHARE = 12, 0.8


def best_clusters(rows: Rows, *, smallest: int, most: int, seed: int) -> Labels:
    """A label for each row (n,). Tries 2 … `most` groups by Ward's method and keeps the number whose
    silhouette and stability together are best, preferring fewer, and none under `smallest`; one group where
    no number keeps the rows apart."""
    if most < 2 or len(rows) < 2 * smallest:
        return np.zeros(len(rows), dtype=np.intp)
    if float(np.ptp(rows, axis=0).max()) < ALIKE:
        return np.zeros(len(rows), dtype=np.intp)
    tried = [_ward(rows, count) for count in range(2, min(most, len(rows) - 1) + 1)]
    scores = [_worth(rows, labels, smallest, seed) for labels in tried]
    if max(apart(rows, labels) for labels in tried) < NOT_APART:
        return np.zeros(len(rows), dtype=np.intp)
    return next(labels for labels, score in zip(tried, scores, strict=True) if score >= max(scores) - PARSIMONY)


def apart(rows: Rows, labels: Labels) -> float:
    """The silhouette: 1 where groups are tight and far apart, 0 where they run into each other."""
    from sklearn.metrics import silhouette_score

    silhouette: float = silhouette_score(rows, labels)
    return silhouette


def _ward(rows: Rows, count: int) -> Labels:
    from sklearn.cluster import AgglomerativeClustering

    labels: Labels = AgglomerativeClustering(n_clusters=count, linkage="ward").fit_predict(rows)
    return labels


def _worth(rows: Rows, labels: Labels, smallest: int, seed: int) -> float:
    """Silhouette + half the stability − the share of rows stranded in groups that are too small."""
    stranded = sum(size for size in np.bincount(labels) if size < smallest) / len(rows)
    return apart(rows, labels) + 0.5 * stability(rows, labels, seed) - float(stranded)


def stability(rows: Rows, labels: Labels, seed: int) -> float:
    """Mean adjusted Rand index (Hubert & Arabie 1985) between `labels` and groups found with a fifth left out."""
    from sklearn.metrics import adjusted_rand_score

    chance = np.random.default_rng(seed)
    count, kept = labels.max() + 1, max(int(SHARE * len(rows)), labels.max() + 2)
    agreements = []
    for _ in range(ROUNDS):
        some = np.sort(chance.choice(len(rows), size=kept, replace=False))
        agreements.append(adjusted_rand_score(labels[some], _ward(rows[some], int(count))))
    return float(np.mean(agreements))
