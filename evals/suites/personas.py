"""Suite `personas`: is what a run shows true to its sources? Needs no labelled data.

Scores (1 is right, but for the two counts):
schema_valid         1 where the cast's JSON obeys the published schema
quote_validity       share of citations that slice back word for word, with their hash, inside one turn of the
                     participant named
interviewer_quotes   how many citations are an interviewer's words
cited_claims         share of claims that cite somebody who supports them, or admit the gap and cite nobody
support_counts       share of claims whose “k of n” fits the people cited
coverage             share of participants that some core persona stands for
distinctness         1 − mean share of themes that two personas of one kind have in common (table stakes left
                     out: they are shared by definition)
one_macro_per_micro  share of micro personas that belong to exactly one core persona, by both sides' account
leave_one_out        mean adjusted Rand index of the segments with those found where one participant is left out
rerun_identical      1 where a second run on the same input gave the same JSON, byte for byte
lint_findings        how many lints found fault
"""

from collections.abc import Hashable, Iterator
from typing import Any

from app.models.cast import Cast
from app.models.claim import Citation, Claim, Status
from app.models.persona import MacroPersona, MicroPersona, Persona
from app.synthesis.lints import Finding, lint_cast
from evals import cast_checks
from evals.report import EvalReport
from evals.scorers import distinctness, share
from retrieval.evidence import Source, sha256

Rows = list[dict[str, Any]]
OK = "ok"
EMPTY = {
    "quote_validity": "the cast cites nothing",
    "interviewer_quotes": "the cast cites nothing",
    "cited_claims": "the cast makes no claim",
    "support_counts": "the cast makes no claim that cites",
    "coverage": "the study has no participant",
    "distinctness": "there are no two personas of one kind with themes to compare",
    "one_macro_per_micro": "there is no micro persona",
    "rerun_identical": "no second run was given",
    "leave_one_out": "it was not measured, or there are no segments",
}


def run(cast: Cast, sources: list[Source], rerun: Cast | None = None, stability: float | None = None) -> EvalReport:
    """Score a cast against the sources it was made from; `rerun` is the cast of a second, separate run, `stability`
    what `evals.leave_one_out` found of the study's segments."""
    quotes, claims = citation_rows(cast, sources), claim_rows(cast)
    findings = lint_cast(cast)
    found: dict[str, float | None] = {
        "schema_valid": float(not (faults := cast_checks.schema_faults(cast))),
        "quote_validity": _passed(quotes, "quote"),
        "interviewer_quotes": _interviewer_quotes(quotes),
        "cited_claims": _passed(claims, "claim"),
        "support_counts": _passed(claims, "support"),
        "coverage": coverage(cast),
        "distinctness": distinctness(_by_kind(cast)),
        "one_macro_per_micro": _passed(micros := micro_rows(cast), "parent"),
        "rerun_identical": rerun_identical(cast, rerun),
        "leave_one_out": stability,
        "lint_findings": float(len(findings)),
    }
    return EvalReport(
        suite="personas",
        scores={name: value for name, value in found.items() if value is not None},
        rows=[*_schema_rows(faults), *quotes, *claims, *micros, *_lint_rows(findings)],
        run=_run(cast, sources, [name for name, value in found.items() if value is None]),
    )


def citation_rows(cast: Cast, sources: list[Source]) -> Rows:
    """One row per citation, with what is wrong about it."""
    known = {source.id: source for source in sources}
    gone = cast_checks.withdrawn(cast)
    return [
        _row("quote", persona, claim, cast_checks.citation_fault(citation, known, gone), citation)
        for persona, claim in _claims(cast)
        for citation in claim.citations
    ]


def claim_rows(cast: Cast) -> Rows:
    """One row per claim for its citations, one more for its count where it makes one."""
    rows: Rows = []
    for persona, claim in _claims(cast):
        rows.append(_row("claim", persona, claim, cast_checks.claim_fault(claim)))
        if claim.status is not Status.NO_EVIDENCE:
            rows.append(_row("support", persona, claim, cast_checks.support_fault(claim)))
    return rows


def micro_rows(cast: Cast) -> Rows:
    micros = [persona for persona in cast.personas if isinstance(persona, MicroPersona)]
    return [
        {"check": "parent", "persona": micro.id, "expected": OK, "got": cast_checks.parent_fault(micro, cast) or OK}
        for micro in micros
    ]


def coverage(cast: Cast) -> float | None:
    """Share of the participants who take part that some core persona stands for."""
    gone = cast_checks.withdrawn(cast)
    return share(person.id in cast.covered for person in cast.participants if person.id not in gone)


def rerun_identical(cast: Cast, rerun: Cast | None) -> float | None:
    """None without a second run; the same object handed in twice proves nothing and counts as none."""
    if rerun is None or rerun is cast:
        return None
    return float(cast.model_dump_json(warnings=False) == rerun.model_dump_json(warnings=False))


def said(persona: Persona) -> set[Hashable]:
    """What a persona says: the themes of its grounded claims, or the evidence where a claim has no theme."""
    claims = [claim for claim in persona.grounded_claims() if claim.field != "table_stakes"]
    return {claim.theme_id or frozenset(citation.evidence_id for citation in claim.citations) for claim in claims}


def _claims(cast: Cast) -> Iterator[tuple[Persona, Claim]]:
    for persona in cast.personas:
        for claim in cast_checks.every_claim(persona):
            yield persona, claim


def _by_kind(cast: Cast) -> list[list[set[Hashable]]]:
    kinds = (MacroPersona, MicroPersona)
    return [[said(persona) for persona in cast.personas if isinstance(persona, kind)] for kind in kinds]


def _passed(rows: Rows, check: str) -> float | None:
    return share(row["got"] == OK for row in rows if row["check"] == check)


def _interviewer_quotes(rows: Rows) -> float | None:
    return float(sum(row["got"] == "spoken by the interviewer" for row in rows)) if rows else None


def _row(
    check: str, persona: Persona, claim: Claim, fault: str | None, citation: Citation | None = None
) -> dict[str, Any]:
    place = {"source": citation.source_id, "start": citation.start} if citation else {}
    return {
        "check": check, "persona": persona.id, "field": claim.field, "claim": claim.id, **place,
        "expected": OK, "got": fault or OK,
    }  # fmt: skip


def _schema_rows(faults: list[str]) -> Rows:
    return [{"check": "schema", "expected": OK, "got": fault} for fault in faults]


def _lint_rows(findings: list[Finding]) -> Rows:
    return [
        {"check": "lint", "persona": found.persona_id, "field": found.field, "text": found.text, "expected": OK,
         "got": f"{found.rule}: {found.words}"}
        for found in findings
    ]  # fmt: skip


def _run(cast: Cast, sources: list[Source], missing: list[str]) -> dict[str, Any]:
    made = cast.provenance
    return {
        "dataset": cast.study.name,
        "dataset_sha256": sha256("".join(sorted(source.content_sha256 for source in sources)))[:12],
        "engine": made.engine, "coder": made.coder, "embeddings": made.embeddings, "dramatis": made.dramatis,
        "prompts": made.prompts, "personas": len(cast.personas), "sources": len(sources),
        "not_evaluable": {name: EMPTY[name] for name in missing}, "warnings": [], "notes": [],
    }  # fmt: skip
