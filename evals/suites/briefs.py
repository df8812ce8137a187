"""Suite `briefs`: do the briefs of a study say only what is known, and does each say something of its own? Needs no
labelled data: all are written, core personas at the top and micro personas everywhere, and for each industry.

Scores (1 is right, but for the counts and the time):
written               share of the matrix for which there was evidence enough
gate_violations       how often the gate finds fault with what was kept
consent_violations    how many quotes are of somebody who did not agree to marketing
quote_validity        share of quotes that slice back word for word, in the words of whom they are credited to
objection_coverage    share of a persona's objections that its briefs answer, or send to product
stage_distinctness    1 − mean share that two stages of one persona have in common (proof in its order, actions, assets)
variant_distinctness  1 − mean share that two industries' variants have in common, where people of both may be quoted
rerun_identical       1 where writing everything again gave the same, byte for byte
seconds_per_brief     how long one takes
"""

import time
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from app.briefs.choosing import choose
from app.briefs.gate import gate
from app.briefs.ground import Ground, load_ground
from app.briefs.matrix import matrix, writable
from app.briefs.writing import draft_briefs
from app.errors import InsufficientEvidence
from app.models.brief import Brief, BriefRequest, CustomerWords, Stage
from app.models.field import Level
from app.synthesis.provenance import provenance
from evals.pipeline import STUDY, fresh_bench, run_in
from evals.report import EvalReport
from evals.scorers import distinctness, share
from retrieval.evidence import Consent, sha256

EMPTY = {
    "objection_coverage": "nobody objects to anything",
    "quote_validity": "nobody who is quoted agreed to marketing",
    "variant_distinctness": "there are no two industries of one persona whose people may be quoted",
    "stage_distinctness": "there is no micro persona with evidence",
    "written": "there is no persona to write for",
}


def run(folder: Path) -> EvalReport:
    """Run the study in the folder, then write and score its briefs."""
    with fresh_bench() as bench:
        run_in(bench, folder)
        return score(load_ground(bench, STUDY), folder.name)


def score(ground: Ground, dataset: str) -> EvalReport:
    wanted = requests(ground)
    began = time.perf_counter()
    briefs = written(ground, wanted)
    seconds = time.perf_counter() - began
    rows = [row for one in briefs for row in rows_of(ground, one)]
    found: dict[str, float | None] = {
        "written": len(briefs) / len(wanted) if wanted else None,
        "gate_violations": float(sum(row["check"] == "gate" for row in rows)),
        "consent_violations": float(sum(row["check"] == "consent" and row["got"] != "ok" for row in rows)),
        "quote_validity": share(row["got"] == "ok" for row in rows if row["check"] == "quote"),
        "objection_coverage": share(row["got"] == "ok" for row in rows if row["check"] == "objection"),
        "stage_distinctness": distinctness(by_stage(briefs)),
        "variant_distinctness": distinctness(by_industry(briefs)),
        "rerun_identical": float([one.model_dump_json() for one in written(ground, wanted)]
                                 == [one.model_dump_json() for one in briefs]),
        "seconds_per_brief": round(seconds / len(briefs), 3) if briefs else None,
    }  # fmt: skip
    made = provenance(ground.bench)
    missing = {name: EMPTY.get(name, "no brief was written") for name, value in found.items() if value is None}
    return EvalReport(
        suite="briefs",
        scores={name: value for name, value in found.items() if value is not None},
        rows=rows,
        run={"dataset": dataset, "engine": made.engine, "coder": made.coder, "dramatis": made.dramatis,
             "prompts": made.prompts, "briefs": len(briefs), "wanted": len(wanted), "seconds": round(seconds, 2),
             "not_evaluable": missing, "warnings": [], "notes": []},
    )  # fmt: skip


def requests(ground: Ground) -> list[BriefRequest]:
    """Core personas at the top, micro personas at every stage, each for all and for every industry of its people."""
    cores = [one.id for one in writable(ground) if one.kind is Level.MACRO]
    micros = matrix(ground) if ground.cast.personas else []
    plain = [*(matrix(ground, personas=cores, stages=[Stage.TOP]) if cores else []), *micros]
    own = {one.id: ground.industries(one.sample.participants) for one in ground.cast.personas}
    return [
        one.model_copy(update={"industry": industry}) for one in plain for industry in ["", *own.get(one.persona, [])]
    ]


def written(ground: Ground, wanted: Sequence[BriefRequest]) -> list[Brief]:
    found: list[Brief] = []
    for request in wanted:
        try:
            found += draft_briefs(ground, [choose(ground, request)])
        except InsufficientEvidence:
            continue
    return found


def rows_of(ground: Ground, brief: Brief) -> list[dict[str, Any]]:
    """One row for each fault of the gate, each quote and each objection of the persona."""
    pool = ground.subject(brief.persona_id).pool
    rows = [_row("gate", brief, one.where, f"{one.rule}: {one.why}") for one in gate(brief, pool, ground.people)]
    for words in [*brief.customer_words, *(one for claim in brief.claims for one in claim.words)]:
        where = f"{words.source_id}:{words.start}"
        agreed = ground.people[words.participant_id].consent is Consent.MARKETING
        rows.append(_row("consent", brief, where, "ok" if agreed else "did not agree"))
        rows.append(_row("quote", brief, where, "ok" if _holds(ground, words) else "not word for word"))
    told = {id for one in brief.objections_to_answer for id in one.objection.claims if one.answers or one.ask}
    objections = [one for one in ground.subject(brief.persona_id).own if one.field == "objections"]
    return rows + [_row("objection", brief, one.id, "ok" if one.id in told else "left out") for one in objections]


def _holds(ground: Ground, words: CustomerWords) -> bool:
    source = ground.material.source_by_id[words.source_id]
    turn = source.turn_at(words.start)
    theirs = turn is not None and source.speaker(turn.speaker).participant_id == words.participant_id
    return theirs and words.of(source.text) == words.text and sha256(words.text) == words.sha256


def _row(check: str, brief: Brief, where: str, got: str) -> dict[str, Any]:
    return {"check": check, "brief": brief.id, "where": where, "expected": "ok", "got": got}


def by_stage(briefs: Sequence[Brief]) -> list[list[set[Hashable]]]:
    """What the stages of one persona say, for all industries."""
    groups: dict[str, list[set[Hashable]]] = {}
    for one in briefs:
        if not one.industry_variant:
            said: set[Hashable] = {*enumerate(one.proof_points), one.asset_type, one.objective.text, one.angle.text}
            groups.setdefault(one.persona_id, []).append(said | {line.text for line in one.call_to_action})
    return [group for group in groups.values() if len(group) > 1]


def by_industry(briefs: Sequence[Brief]) -> list[list[set[Hashable]]]:
    """The words that the variants of one persona and stage speak with, where they have any."""
    groups: dict[tuple[str, str], list[set[Hashable]]] = {}
    for one in briefs:
        if one.industry_variant and (one.customer_words or one.keywords.head):
            words: set[Hashable] = {(said.source_id, said.start) for said in one.customer_words}
            words |= {word.text for word in one.keywords.head}
            groups.setdefault((one.persona_id, one.funnel_stage), []).append(words)
    return [group for group in groups.values() if len(group) > 1]
