"""Themes by clustering: evidence of one code, from several participants, that means the same.

Complete-linkage clustering of meaning vectors by cosine distance, code by code: no number of clusters has
to be guessed, and no member of a theme is far from any other (Sørensen 1948).
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from app.engines.base import ThemeDraft
from app.engines.basics import basic_groups
from app.engines.meaning import meanings
from app.engines.wording import label
from app.models.evidence import Evidence
from retrieval.embedder import Embedder, Vectors

# Cosine distance up to which all members of a theme lie. Tried on planted statements with their true codes:
# .85 finds .73 of the themes at a purity of .68, 1.0 finds .84 at .56.
FARTHEST = 0.88
# A theme of one person is an anecdote.
MIN_PARTICIPANTS = 2

Group = tuple[str, list[Evidence]]


def cluster_themes(evidence: Sequence[Evidence], embedder: Embedder) -> list[ThemeDraft]:
    """The groups, each under the clause nearest to its middle; what people take for granted stands in groups of its
    own."""
    basics = basic_groups(evidence, embedder)
    groups = without(basics, group_evidence(evidence, embedder))
    return [_draft(group, embedder) for group in groups] + [_draft(one, embedder, granted=True) for one in basics]


def _draft(group: Group, embedder: Embedder, *, granted: bool = False) -> ThemeDraft:
    code, evidence = group
    named, ids = label([one.quote.text for one in evidence], embedder), [one.id for one in evidence]
    return ThemeDraft(code=code, label=named, evidence_ids=ids, granted=granted)


def group_evidence(evidence: Sequence[Evidence], embedder: Embedder) -> list[Group]:
    """(code, evidence that means the same, clearest first): groups of several participants only."""
    vectors = meanings(evidence, embedder)
    by_code: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(evidence):
        for code in one.codes:
            by_code[code].append(row)
    groups = [(code, rows) for code in sorted(by_code) for rows in _cluster(by_code[code], vectors)]
    found = [(code, _clearest_first([evidence[row] for row in rows], vectors[rows])) for code, rows in groups]
    return [(code, group) for code, group in found if len({one.participant_id for one in group}) >= MIN_PARTICIPANTS]


def _cluster(rows: list[int], vectors: Vectors) -> list[list[int]]:
    if len(rows) < MIN_PARTICIPANTS:
        return []
    # Slow to load; nothing but a run needs it.
    from sklearn.cluster import AgglomerativeClustering

    method = AgglomerativeClustering(n_clusters=None, distance_threshold=FARTHEST, metric="cosine", linkage="complete")
    labels = method.fit_predict(vectors[rows])
    return [[rows[i] for i in np.flatnonzero(labels == label)] for label in range(labels.max() + 1)]


def _clearest_first(group: list[Evidence], vectors: Vectors) -> list[Evidence]:
    """By nearness to the middle of the theme."""
    nearness = vectors @ vectors.mean(axis=0)
    order = sorted(range(len(group)), key=lambda i: (-round(float(nearness[i]), 6), group[i].id))
    return [group[i] for i in order]


def without(taken: Sequence[Group], groups: Sequence[Group]) -> list[Group]:
    """The groups less the evidence that others of their code took, where several people stay."""
    gone = {(code, one.id) for code, group in taken for one in group}
    left = [(code, [one for one in group if (code, one.id) not in gone]) for code, group in groups]
    return [(code, group) for code, group in left if len({one.participant_id for one in group}) >= MIN_PARTICIPANTS]
