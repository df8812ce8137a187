"""The port of everything that turns text into vectors. Importing it loads no adapter.

`retrieval.embeddings.MiniLM` is the adapter that ships, `retrieval.openai_embeddings` can stand in for it in search;
tests may pass any object with these members.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Texts in, unit vectors out: all that search needs.

    `name` is part of the name of every collection built with it: two embedders with one name must
    give the same vectors.
    """

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row for each text, in the order given: shape (n, dimensions), float32."""
        ...

    def forget(self) -> None:
        """Drop whatever is kept of texts embedded before, in memory and on disk; it costs only time."""
        ...


class Embedder(Encoder, Protocol):
    """An encoder that shows its lower layers too, which coding reads."""

    def encode_early(self, texts: Sequence[str]) -> Vectors:
        """One row for each text of what the lower layers make of it, not normalised: shape (n, wide), float32.

        Says more about how a thing is put (person, tense, hedging) than what it is about: for coding,
        not for search.
        """
        ...
