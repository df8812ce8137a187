"""Asides: what people say beside the matter (the dog, the weather, lunch), whatever a study is about.

A sentence is an aside as far as it is closer to small talk (`data/asides.yaml`) than to what codes are
given for (the codebook's examples and the cues of the fields): a nearest-neighbour rule with two classes
(Cover & Hart 1967). What counts is how far it departs from how its speaker talks otherwise: in a study of
kitchens everybody speaks of food. An aside is evidence of nothing, however much it sounds like a complaint.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from app import DATA
from app.models.codebook import load_codebook
from app.models.field import load_fields
from retrieval.embedder import Embedder, Vectors

# How many sentences of each kind a sentence is compared with.
NEAREST = 3
# So many sentences of a speaker count as much as the expectation that they speak to the matter.
USUAL = 10


def aside_scores(sentences: Sequence[str], speakers: Sequence[str], embedder: Embedder) -> NDArray[np.float64]:
    """(n,) how much closer each sentence is to small talk than to the matter, beyond what is usual for its speaker;
    in cosine (-2 to 2)."""
    if not sentences:
        return np.zeros(0)
    vectors = embedder.encode(list(sentences))
    scores = _nearness(vectors, embedder.encode(small_talk())) - _nearness(vectors, embedder.encode(matters()))
    return scores - _usual(scores, np.array(speakers))


def _usual(scores: NDArray[np.float64], speakers: NDArray[np.str_]) -> NDArray[np.float64]:
    """Each speaker's median, drawn towards 0 where little of theirs is known."""
    usual = np.zeros_like(scores)
    for speaker in set(speakers.tolist()):
        own = speakers == speaker
        usual[own] = np.median(scores[own]) * own.sum() / (own.sum() + USUAL)
    return usual


def _nearness(vectors: Vectors, cues: Vectors) -> NDArray[np.float64]:
    """The mean cosine to the nearest cues."""
    cosines = np.sort(vectors.astype(np.float64) @ cues.T, axis=1)
    means: NDArray[np.float64] = cosines[:, -NEAREST:].mean(axis=1)
    return means


@cache
def small_talk(path: Path = DATA / "asides.yaml") -> list[str]:
    """The sentences of the file at `path`, of all its kinds."""
    kinds: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))["asides"]
    return [sentence for sentences in kinds.values() for sentence in sentences]


@cache
def matters() -> list[str]:
    """What people say when they speak to the matter."""
    examples = [example for code in load_codebook().codes for example in code.examples]
    return examples + [cue for field in load_fields() for cue in field.cues]
