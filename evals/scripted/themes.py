"""Themes as the scripted model finds them: gists of one code that lie close together, by complete linkage."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from app.engines.llm.answers import NamedThemes, ThemeAnswer
from evals.scripted.pages import Piece
from retrieval.embedder import Embedder, Vectors

# Cosine distance under which all gists of a theme lie; they share a subject from about here.
APART = 0.7
MOST_THEMES = 12
MOST_WORDS = 9


def group_pieces(pieces: Sequence[Piece], embedder: Embedder) -> NamedThemes:
    """The themes of each code, those that most people share first."""
    by_code: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_code[piece.heading].append(piece)
    return NamedThemes(themes=[theme for code, own in by_code.items() for theme in _themes(code, own, embedder)])


def _themes(code: str, pieces: Sequence[Piece], embedder: Embedder) -> list[ThemeAnswer]:
    if len(pieces) < 2:
        return []
    vectors = embedder.encode([piece.text for piece in pieces])
    groups = [rows for rows in _groups(vectors) if _people([pieces[row] for row in rows]) > 1]
    groups.sort(key=lambda rows: (-_people([pieces[row] for row in rows]), rows))
    return [
        ThemeAnswer(code=code, label=_label([pieces[row] for row in rows], vectors[rows]),
                    evidence=[pieces[row].number for row in rows], opposes=[])
        for rows in groups[:MOST_THEMES]
    ]  # fmt: skip


def _groups(vectors: Vectors) -> list[list[int]]:
    found = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="complete", distance_threshold=APART
    ).fit_predict(vectors)
    return [np.flatnonzero(found == group).tolist() for group in range(found.max() + 1)]


def _people(pieces: Sequence[Piece]) -> int:
    """How many people the pieces are of; one that is a theme already names several."""
    return len({person for piece in pieces for person in piece.participant.split(", ")})


def _label(pieces: Sequence[Piece], vectors: Vectors) -> str:
    """The gist nearest to all the others, cut short."""
    nearest = int((vectors @ vectors.sum(axis=0)).argmax())
    words = pieces[nearest].text.split()[:MOST_WORDS]
    return " ".join([words[0].capitalize(), *words[1:]])
