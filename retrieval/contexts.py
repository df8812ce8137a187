"""Vectors of excerpts that know what was said around them.

An answer alone is often too short to be found ("Nineteen days, and nobody knows why."). Its vector is the sum of
three: the talk around it (question, answer, who speaks), its own words, and the talk further around. All are made
from the texts of excerpts and of stretches, each embedded once, without "uh" and "{vocalsound}".
"""

import re
from collections.abc import Sequence

import numpy as np

from retrieval.embedder import Encoder, Vectors
from retrieval.evidence import Excerpt, Source
from retrieval.splitting import split_pieces, split_sentences
from retrieval.stretches import Stretch, make_stretches, surrounding
from retrieval.wording import FILLER

# Weights beside the talk around, which counts 1. Measured with `python -m evals.bench.retrieval_ablation`.
OWN_WORDS = 0.5
FURTHER_AROUND = 1.0
# Stretches to each side that count as further around: some 35 short turns.
REACH = 4
# Sounds and what a transcriber remarks on; they move a vector and mean nothing.
NOISE = re.compile(rf"\{{[^}}\n]{{0,24}}\}}|\b{FILLER}\b(?!')\s?,?", re.IGNORECASE)


def embed_excerpts(batch: Sequence[tuple[Source, Sequence[Excerpt]]], embedder: Encoder) -> Vectors:
    """One unit vector for each excerpt of each source, in order: shape (n, dimensions), float32.

    All texts of a batch are embedded in one call.
    """
    stretches = [stretches_of(source) for source, _ in batch]
    own_texts = [one.text for _, excerpts in batch for one in excerpts]
    talk_texts = [one.text(source) for (source, _), some in zip(batch, stretches, strict=True) for one in some]
    vectors = embedder.encode([without_noise(text) for text in own_texts + talk_texts])
    own, talk = vectors[: len(own_texts)], vectors[len(own_texts) :]
    mixed, excerpt, stretch = own.copy(), 0, 0
    for (_, excerpts), some in zip(batch, stretches, strict=True):
        rows = slice(excerpt, excerpt + len(excerpts))
        mixed[rows] = in_context(excerpts, own[rows], some, talk[stretch : stretch + len(some)])
        excerpt, stretch = excerpt + len(excerpts), stretch + len(some)
    return mixed


def without_noise(text: str) -> str:
    """The text as it is embedded; as it is where nothing else was said."""
    said = re.sub(r"[ \t]+", " ", NOISE.sub(" ", text)).strip()
    return said if any(map(str.isalnum, said)) else text


def stretches_of(source: Source) -> list[Stretch]:
    """All stretches of a source, as its excerpts' contexts were made of them."""
    return make_stretches(source.text, split_pieces(source, split_sentences(source)))


def in_context(excerpts: Sequence[Excerpt], own: Vectors, stretches: Sequence[Stretch], talk: Vectors) -> Vectors:
    """Unit vectors of the excerpts of one source, from those of their own texts and of all its stretches."""
    if not excerpts:
        return own
    first, last = np.array([surrounding(one, stretches) for one in excerpts]).T
    near = unit(talk[first] + talk[last])
    # A mean, and so shorter than 1 where the talk wanders: a subject that is kept up counts more.
    means = np.stack([talk[max(0, here - REACH) : here + REACH + 1].mean(axis=0) for here in range(len(talk))])
    further = (means[first] + means[last]) / 2
    return unit(near + OWN_WORDS * own + FURTHER_AROUND * further)


def unit(vectors: Vectors) -> Vectors:
    """Each row scaled to length 1."""
    scaled: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return scaled
