"""Themes: evidence of one code, from several participants, that means the same.

Complete-linkage clustering of meaning vectors by cosine distance, code by code: no number of clusters has
to be guessed, and no member of a theme is far from any other (Sørensen 1948).
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from app.engines.base import Engine
from app.engines.basics import basic_groups
from app.engines.meaning import meanings
from app.models.evidence import Evidence
from app.models.theme import Theme
from app.progress import Progress, Silent, each
from app.synthesis.material import load_coded_material
from app.synthesis.theme_shaping import ABOUT, replay, theme_id
from app.workbench import Workbench
from retrieval.embedder import Embedder, Vectors

# Cosine distance up to which all members of a theme lie. Tried on planted statements with their true codes:
# .85 finds .73 of the themes at a purity of .68, 1.0 finds .84 at .56.
FARTHEST = 0.88
# A theme of one person is an anecdote.
MIN_PARTICIPANTS = 2

Group = tuple[str, list[Evidence]]


def find_themes(bench: Workbench, study_id: str, progress: Progress | None = None) -> list[Theme]:
    """Find the study's themes, as people shaped them, and save them, most widely shared first."""
    material = load_coded_material(bench, study_id)
    basics = basic_groups(material.evidence, bench.embedder)
    groups = without(basics, group_evidence(material.evidence, bench.embedder))
    n = len(material.interviewed)
    themes = [_theme(bench.engine, group, n) for group in each(progress or Silent(), "Themes", groups)]
    themes += [_theme(bench.engine, group, n).model_copy(update={"granted": True}) for group in basics]
    with bench.store.transaction() as tx:
        themes, decisions = replay(themes, tx.reshapings.all(study_id, ABOUT), material.by_id, bench.engine)
        tx.reshapings.replace(study_id, ABOUT, decisions)
        tx.results.save_themes(study_id, themes)
    return themes


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


def without(taken: Sequence[Group], groups: Sequence[Group]) -> list[Group]:
    """The groups less the evidence that others of their code took, where several people stay."""
    gone = {(code, one.id) for code, group in taken for one in group}
    left = [(code, [one for one in group if (code, one.id) not in gone]) for code, group in groups]
    return [(code, group) for code, group in left if len({one.participant_id for one in group}) >= MIN_PARTICIPANTS]


def _cluster(rows: list[int], vectors: Vectors) -> list[list[int]]:
    if len(rows) < MIN_PARTICIPANTS:
        return []
    method = AgglomerativeClustering(n_clusters=None, distance_threshold=FARTHEST, metric="cosine", linkage="complete")
    labels = method.fit_predict(vectors[rows])
    return [[rows[i] for i in np.flatnonzero(labels == label)] for label in range(labels.max() + 1)]


def _clearest_first(group: list[Evidence], vectors: Vectors) -> list[Evidence]:
    """By nearness to the middle of the theme."""
    nearness = vectors @ vectors.mean(axis=0)
    order = sorted(range(len(group)), key=lambda i: (-round(float(nearness[i]), 6), group[i].id))
    return [group[i] for i in order]


def _theme(engine: Engine, group: Group, n: int) -> Theme:
    code, evidence = group
    return Theme(
        id=theme_id(code, [one.id for one in evidence]),
        code=code,
        label=engine.label_theme(evidence),
        evidence_ids=[one.id for one in evidence],
        participants=sorted({one.participant_id for one in evidence}),
        n=n,
    )
