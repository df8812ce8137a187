"""Suite `themes`: how good are the segments when every theme is right?

Dataset: a table of participants and themes, or a planted study's folder (see `evals.theme_matrix`). The engine that
is configured groups the participants as it does after coding: a person's words are then their themes, worded alike by
all who share one, beside what they declared of their role. What it does worse on a whole study than here is lost
before segmenting.

Scores: `macro_ari`, `micro_ari` (adjusted Rand index, Hubert & Arabie 1985, over the participants whose group is
given; who is put in no segment counts as a group of their own).
"""

import time
from pathlib import Path
from typing import Any

from app.engines.base import Engine
from app.models.segment import SegmentTree
from evals.planted import digest_of
from evals.planted_groups import found_members, levels, member_rows, rand_index
from evals.report import EvalReport
from evals.theme_matrix import ThemeMatrix, read_matrix


def run(dataset: Path, engine: Engine) -> EvalReport:
    """Segment the participants of the dataset; BadInput or UnreadableSource where it is unfit."""
    matrix, start = read_matrix(dataset), time.perf_counter()
    tree = engine.propose_segments(matrix.profiles(), matrix.found_themes())
    seconds = round(time.perf_counter() - start, 3)
    scores: dict[str, float] = {}
    missing: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    for level, segments in levels(tree).items():
        truth = matrix.truth[level]
        found = found_members(truth, segments, str)
        rows += member_rows(level, truth, found)
        index = rand_index(truth, found)
        if index is None:
            missing[f"{level}_ari"] = f"fewer than two participants have a true {level} segment"
        else:
            scores[f"{level}_ari"] = index
    facts = {"dataset": dataset.resolve().name, "dataset_sha256": digest_of(dataset), "engine": engine.name,
             "seconds": seconds, "not_evaluable": missing}  # fmt: skip
    return EvalReport(suite="themes", scores=scores, rows=rows, run=facts | _counts(matrix, tree))


def _counts(matrix: ThemeMatrix, tree: SegmentTree) -> dict[str, Any]:
    found = levels(tree)
    return {
        "participants": len(matrix.people),
        "themes": len(matrix.themes),
        "macro_segments": len(found["macro"]),
        "micro_segments": len(found["micro"]),
        "notes": [f"In no segment: {one.participant_id} ({one.why})." for one in tree.uncovered],
    }
