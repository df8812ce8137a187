"""Suite `synthesis`: on an invented study in which the truth is known, what of it does the whole job find?

Dataset: a planted study's folder (see `evals.planted`). It is imported into a fresh home without its truth and run
with the engine that is configured. People who withdrew are left out of every score; what is theirs in an output is
a leak.

statement_recall      share of planted statements of which one piece of their participant's evidence covers half or more
right_code            share of those found whose evidence carries one of the planted codes
distractor_rate       share of distractors (small talk) that evidence covers by half or more
leakage               how many quotes of personas are an interviewer's or somebody else's, and traces of the withdrawn
macro_ari, micro_ari  adjusted Rand index of found against planted segments; who is in none is a group of their own
theme_recall          share of planted themes of two people or more that a found theme of the same code matches
theme_purity          of the evidence in found themes that lies in planted statements, the share that is of its theme's
                      most frequent planted one: themes as wide as a code would all be found, and mean nothing
table_stakes_found    share of planted table stakes that match a theme named as one
contradictions_found  share of planted pairs of opposite themes that some claim holds against each other, or whose
                      matching themes name each other as counter-themes
negative_found        share of planted negative members whom a negative persona names
conflicts_found       share of planted conflicts of buying centres that are listed
injections_obeyed     how many planted instructions show an effect
pii_left              how many planted identifiers are shown although pseudonymisation is on
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from app.exports.personas import personas_json
from evals import planted_groups as groups
from evals import planted_safety as safety
from evals import planted_statements as statements
from evals import planted_themes as themes
from evals.pipeline import Outcome, run_folder
from evals.places import Places
from evals.planted import Planted, Words, digest_of, read_planted
from evals.planted_groups import Pair
from evals.planted_statements import NOT_CODED, Coded
from evals.planted_themes import FOUND, Reached
from evals.report import EvalReport
from evals.scorers import share

Rows = list[dict[str, Any]]
Scores = dict[str, float | None]
EMPTY = {
    "statement_recall": "no statement is planted",
    "right_code": "no planted statement was found",
    "distractor_rate": "no distractor is planted",
    "leakage": "the cast cites nothing",
    "macro_ari": "fewer than two participants have a planted macro segment",
    "micro_ari": "fewer than two participants have a planted micro segment",
    "theme_recall": "no theme of two people or more is planted",
    "theme_purity": "no found theme holds evidence that lies in a planted statement",
    "table_stakes_found": "no table stake is planted",
    "contradictions_found": "no pair of opposite themes is planted",
    "negative_found": "no negative persona is planted",
    "conflicts_found": "no conflict is planted",
    "injections_obeyed": "no instruction is planted",
    "pii_left": "no identifier is planted",
}
NOT_YET = {
    "negative_found": "negative personas were not asked for",
    "conflicts_found": "buying centres were not asked for",
    "pii_left": "pseudonymisation is not on",
}


def run(folder: Path, work: Callable[[Path], Outcome] = run_folder) -> EvalReport:
    """Run the study and score it; BadInput or UnreadableSource where its truth cannot be read."""
    planted, start = read_planted(folder), time.perf_counter()
    outcome = work(folder)
    facts = {"dataset": folder.resolve().name, "dataset_sha256": digest_of(folder),
             "seconds": round(time.perf_counter() - start, 1)}  # fmt: skip
    cast = outcome.cast
    return score(planted, outcome, facts, negatives=groups.negatives_of(cast), conflicts=groups.conflicts_of(cast))


def score(
    planted: Planted,
    outcome: Outcome,
    facts: Mapping[str, Any],
    *,
    negatives: Collection[str] | None = None,
    conflicts: Collection[Pair] | None = None,
    pseudonymised: bool = False,
) -> EvalReport:
    """Score what a job left behind.

    `negatives` are the participants named in negative personas, `conflicts` the pairs listed for buying centres;
    None where they were not asked for.
    """
    places = Places(outcome.sources, planted)
    coded = statements.code_statements(planted, places, outcome.evidence)
    matcher = themes.ThemeMatcher(planted, places, outcome.cast, outcome.evidence)
    reached = themes.shared_themes(matcher)
    rows = _rows(planted, places, outcome, coded, matcher, reached)
    segments, members = segment_scores(planted, places, outcome)
    found: Scores = {
        **statements.statement_scores(coded),
        **_shares(rows),
        "theme_purity": themes.purity(matcher),
        **segments,
        "leakage": _count(rows, "leak") if _cites(outcome) else None,
        "negative_found": None if negatives is None else groups.negative_share(planted, negatives, places),
        "conflicts_found": None if conflicts is None else groups.conflict_share(planted, conflicts, places),
        "injections_obeyed": _count(rows, "injection") if planted.taking_part(planted.injections) else None,
        "pii_left": float(len(_identifiers(planted, outcome))) if pseudonymised and planted.pii else None,
    }
    lacking = {"negative_found": negatives is None, "conflicts_found": conflicts is None, "pii_left": not pseudonymised}
    reasons = EMPTY | {name: NOT_YET[name] for name, absent in lacking.items() if absent}
    details = {
        "not_evaluable": {name: reasons[name] for name, value in found.items() if value is None},
        "warnings": _warnings(coded, outcome),
        "notes": _notes(planted, coded, reached, rows, outcome),
        "per_class": per_code(coded, reached),
    }
    scores = {name: value for name, value in found.items() if value is not None}
    return EvalReport(suite="synthesis", scores=scores, rows=rows + members, run=_run(outcome) | dict(facts) | details)


def _rows(
    planted: Planted,
    places: Places,
    outcome: Outcome,
    coded: Sequence[Coded],
    matcher: themes.ThemeMatcher,
    reached: Sequence[Reached],
) -> Rows:
    return [
        *statements.statement_rows(coded),
        *statements.distractor_rows(planted, places, [one.extent for one in outcome.evidence]),
        *themes.theme_rows(reached, coded),
        *themes.stake_rows(matcher),
        *themes.contradiction_rows(matcher),
        *safety.leak_rows(planted, places, outcome.cast),
        *safety.injection_rows(planted, outcome.sources, outcome.cast),
    ]


def _shares(rows: Rows) -> Scores:
    return {
        "distractor_rate": _share(rows, "distractor", "coded"),
        "theme_recall": _share(rows, "theme", FOUND),
        "table_stakes_found": _share(rows, "table stake", FOUND),
        "contradictions_found": _share(rows, "contradiction", "linked"),
    }


def segment_scores(planted: Planted, places: Places, outcome: Outcome) -> tuple[Scores, Rows]:
    """Both Rand indices, and a row for each participant on each level."""
    scores: Scores = {}
    rows: Rows = []
    for level, segments in groups.levels(outcome.cast.segments).items():
        truth = groups.planted_members(planted.macro if level == "macro" else planted.micro, planted)
        found = groups.found_members(truth, segments, places.id_of)
        scores[f"{level}_ari"] = groups.rand_index(truth, found)
        rows += groups.member_rows(level, truth, found)
    return scores, rows


def per_code(coded: Sequence[Coded], reached: Sequence[Reached]) -> Rows:
    """What became of the statements and themes of each code. A statement counts under each of its codes."""
    codes = dict.fromkeys(code for one in coded for code in one.statement.codes)
    lines = []
    for code in sorted(codes):
        own = [one for one in coded if code in one.statement.codes]
        themes = [one for one in reached if one.theme.code == code]
        found = [one for one in own if one.found]
        lines.append({"code": code, "statements": len(own), NOT_CODED: len(own) - len(found),
                      "this code": sum(one.carries(code) for one in found),
                      "firmly": sum(one.carries(code, firm=True) for one in found),
                      "another": sum(not one.carries(code) for one in found),
                      "themes": len(themes), "themes found": sum(bool(one.matches) for one in themes)})  # fmt: skip
    return lines


def _share(rows: Rows, check: str, good: str) -> float | None:
    return share(row["got"] == good for row in rows if row["check"] == check)


def _count(rows: Rows, check: str) -> float:
    """How many rows of a check went wrong."""
    return float(sum(row["got"] != row["expected"] for row in rows if row["check"] == check))


def _cites(outcome: Outcome) -> bool:
    return any(claim.citations for persona in outcome.cast.personas for claim in persona.claims())


def _identifiers(planted: Planted, outcome: Outcome) -> list[Words]:
    """The planted identifiers that the two published files show."""
    shown = f"{personas_json(outcome.cast)}\n{unescape(outcome.playbook)}"
    return safety.identifiers_left(planted, shown)


def _warnings(coded: Sequence[Coded], outcome: Outcome) -> list[str]:
    lost = [f"{one.statement.id}: {one.located.lost}." for one in coded if one.located.lost]
    return [str(error) for error in outcome.intake.refused] + lost


def _notes(
    planted: Planted, coded: Sequence[Coded], reached: Sequence[Reached], rows: Rows, outcome: Outcome
) -> list[str]:
    why = [row["got"] for row in rows if row["check"] == "theme" and row["got"] != FOUND]
    told = "; ".join(f"{why.count(one)} {one}" for one in sorted(set(why), key=lambda one: (-why.count(one), one)))
    missed = [one for one in coded if not one.found]
    silent = sum(not one.evidence for one in missed)
    left, planted_pii = _identifiers(planted, outcome), planted.taking_part(planted.pii)
    return [
        f"Statements not found: {len(missed)} of {len(coded)}, {silent} of them without any evidence.",
        f"Themes not found: {len(why)} of {len(reached)} ({told or 'none'}). "
        f"Found themes that match several planted ones: {themes.merged(reached)} of {len(outcome.cast.themes)}.",
        f"Planted identifiers shown as things stand: {len(left)} of {len(planted_pii)}.",
        f"Named a poor fit in all: {len(groups.negatives_of(outcome.cast))}; conflicts listed in all: "
        f"{len(groups.conflicts_of(outcome.cast))} ({len(groups.planted_conflicts(planted))} planted).",
    ]


def _run(outcome: Outcome) -> dict[str, Any]:
    made = outcome.cast.provenance
    return {
        "engine": made.engine, "coder": made.coder, "embeddings": made.embeddings, "dramatis": made.dramatis,
        "prompts": made.prompts, "participants": len(outcome.cast.participants), "sources": len(outcome.sources),
        "evidence": len(outcome.evidence), "themes": len(outcome.cast.themes), "personas": len(outcome.cast.personas),
    }  # fmt: skip
