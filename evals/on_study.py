"""Measuring a study that is here, by a suite that needs no labelled data; the report is kept beside the store."""

from pathlib import Path

from app.errors import NotFound
from app.synthesis.casting import load_cast
from app.workbench import Workbench
from evals.report import EvalReport

SUITES = ("personas",)


def measure_study(bench: Workbench, study_id: str, suite: str, job_id: str) -> dict[str, str | int]:
    """Measure and keep the report under the job's id; what is returned names it. NotFound for an unknown suite."""
    if suite not in SUITES:
        raise NotFound("suite for a study", suite, f"There is {', '.join(SUITES)}")
    report = _personas(bench, study_id)
    kept = _folder(bench, study_id) / f"{job_id}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_text(report.to_json(), encoding="utf-8")
    part.replace(kept)
    return {"report": job_id, "scores": len(report.scores)}


def read_reports(bench: Workbench, study_id: str) -> dict[str, EvalReport]:
    """The kept reports of a study by the ids of their jobs, newest first."""
    bench.study(study_id)
    kept = sorted(_folder(bench, study_id).glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    return {path.stem: EvalReport.model_validate_json(path.read_bytes()) for path in kept}


def _personas(bench: Workbench, study_id: str) -> EvalReport:
    # Pages load this file for the reports alone, and should not wait for what measures.
    from evals.leave_one_out import leave_one_out
    from evals.pipeline import profiles_of
    from evals.suites import personas

    bench = bench.for_study(study_id)
    cast = load_cast(bench, study_id)
    with bench.store.transaction() as tx:
        sources, evidence = tx.sources.all(study_id), tx.evidence.all(study_id)
    # A language model would be asked about all segments each time somebody is left out.
    free = bench.settings.reader == "local"
    stability = leave_one_out(profiles_of(cast, evidence), cast.themes, bench.engine) if free else None
    return personas.run(cast, sources, stability=stability)


def _folder(bench: Workbench, study_id: str) -> Path:
    return bench.settings.results / study_id / "evals"
