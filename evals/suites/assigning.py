"""Suite `assign`: do the rules place a study's own participants, each scored by rules and a bar learnt without them and
without their colleagues?

Scores, for core personas and (`micro_`) for micro personas inside their own core:
assigned_right  of the participants who were assigned, the share that was put where they belong
unassigned      share of all participants who were not
majority        the share that naming the largest segment each time would get right
"""

from collections.abc import Sequence
from typing import Any

from app.activation.rules import Case, cases_of
from app.activation.trying import Trial, honest
from app.models.cast import Cast
from evals.report import EvalReport
from evals.scorers import share

NOBODY = "nobody was assigned: attributes alone do not tell these segments apart"


def run(cast: Cast) -> EvalReport:
    """Scores the study as it stands; no labelled data is needed, and no model."""
    cases = cases_of(cast)
    tried = [(case, honest(case.ground, case.groups)) for case in cases]
    found = {
        **_scores("", [one for one in tried if one[0].parent_id is None]),
        **_scores("micro_", [one for one in tried if one[0].parent_id is not None]),
    }
    missing = {name: NOBODY if "right" in name else "too few segments" for name, one in found.items() if one is None}
    return EvalReport(
        suite="assign",
        scores={name: round(value, 4) for name, value in found.items() if value is not None},
        rows=[_row(case, trial) for case, trials in tried for trial in trials],
        run={"dataset": cast.study.id, "participants": len(cast.participants), "not_evaluable": missing,
             "warnings": [], "notes": []},
    )  # fmt: skip


def _scores(prefix: str, tried: Sequence[tuple[Case, list[Trial]]]) -> dict[str, float | None]:
    trials = [one for _, own in tried for one in own]
    largest = sum(max(map(len, case.groups.members.values())) for case, _ in tried)
    return {
        f"{prefix}assigned_right": share(one.right for one in trials if one.said),
        f"{prefix}unassigned": share(one.said is None for one in trials),
        f"{prefix}majority": largest / len(trials) if trials else None,
    }


def _row(case: Case, trial: Trial) -> dict[str, Any]:
    names = {one.id: one.name for one in case.segments}
    return {"level": "micro" if case.parent_id else "macro", "participant": trial.person,
            "expected": names[trial.truth], "got": names.get(trial.said or "", "unassigned"),
            "confidence": trial.confidence}  # fmt: skip
