"""Likeness: how close statements are to invented sentences of a kind."""

from collections.abc import Sequence

import numpy as np

from retrieval.embedder import Embedder, Vectors

# The mean of the two nearest cues: one cue alone is often near by a word, two by what is meant.
NEAREST = 2


def nearest(vectors: Vectors, embedder: Embedder, cues: Sequence[str]) -> Vectors:
    """For each vector, the mean cosine to its nearest cues."""
    found: Vectors = np.sort(vectors @ embedder.encode(list(cues)).T, axis=1)[:, -NEAREST:].mean(axis=1)
    return found
