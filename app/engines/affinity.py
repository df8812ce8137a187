"""Affinity: how alike two people talk, seen in two ways at once.

As a whole: the mean of what each said; it tells people apart who care about different things. Point by point: for
each point of one, the nearest the other made; it finds those who make the same points among many others.
Each way alone mistakes what the other sees, so both count, each in units of its own spread.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.engines.meaning import centred, meanings
from app.models.evidence import Evidence
from retrieval.embedder import Embedder, Vectors

Matrix = NDArray[np.float64]


def talk_rows(said: Sequence[Sequence[Evidence]], embedder: Embedder) -> Matrix:
    """(people, dimensions): rows whose distances follow how unlike the people talk; `said` holds one list each.

    Classical scaling of the affinities (Torgerson 1952).
    """
    together = whole(said, embedder) + by_points(said, embedder)
    middle = np.eye(len(said)) - 1.0 / len(said)
    values, directions = np.linalg.eigh(middle @ together @ middle)
    rows: Matrix = directions * np.sqrt(np.maximum(values, 0.0))
    return rows


def whole(said: Sequence[Sequence[Evidence]], embedder: Embedder) -> Matrix:
    """(people, people): cosines between the means of what each said, in units of their spread."""
    vectors = centred(embedder.encode([one.quote.text for some in said for one in some]))
    means = np.stack([part.mean(axis=0) for part in _split(vectors, said)])
    return _in_spreads(means @ means.T)


def by_points(said: Sequence[Sequence[Evidence]], embedder: Embedder) -> Matrix:
    """(people, people): how near the nearest point of the other is, on average both ways, in units of its spread."""
    points = _split(meanings([one for some in said for one in some], embedder), said)
    nearest = np.array([[(ours @ theirs.T).max(axis=1).mean() for theirs in points] for ours in points])
    return _in_spreads((nearest + nearest.T) / 2)


def _split(vectors: Vectors, said: Sequence[Sequence[Evidence]]) -> list[Vectors]:
    return np.split(vectors, np.cumsum([len(some) for some in said])[:-1])


def _in_spreads(affinity: NDArray[np.floating]) -> Matrix:
    """Mean 0 and spread 1 between different people; with oneself as alike as the most alike two are."""
    others = ~np.eye(len(affinity), dtype=bool)
    spread = affinity[others].std()
    scaled: Matrix = (affinity - affinity[others].mean()) / max(float(spread), 1e-9)
    scaled[~others] = scaled[others].max()
    return scaled.astype(np.float64)
