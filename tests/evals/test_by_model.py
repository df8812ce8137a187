"""The llm engine on recorded conversations: what whole studies come to, and that playing them needs nothing new."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import DATA
from app.audit.auditing import audit
from app.intake.report import IngestReport
from app.playbook import render_playbook
from app.settings import Settings
from app.synthesis.casting import load_cast, run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from evals import planted_groups as groups
from evals.cassettes import CASSETTES, playing, settings_for
from evals.pipeline import Outcome
from evals.planted import read_planted
from evals.record import AUDITED, eight_interviews, flowline_job
from evals.report import EvalReport
from evals.suites import personas as suite_personas
from evals.suites.synthesis import score
from retrieval.embeddings import MiniLM

FLOWLINE, AUDIT, EIGHT = (CASSETTES / f"{name}.json" for name in ("flowline", "flowline_audit", "ai_at_work_8"))
TRUTH = Path(__file__).parents[2] / "evals" / "datasets" / "flowline" / "truth.json"
# What the issue of this engine asks of the invented study.
AT_LEAST = {
    "statement_recall": 0.90, "right_code": 0.75, "macro_ari": 0.95, "micro_ari": 0.85, "theme_recall": 0.85,
    "negative_found": 1.0, "conflicts_found": 1.0, "contradictions_found": 0.5,
}  # fmt: skip
MOST_TOKENS_PER_TOKEN_OF_SPEECH = 1.6


def bench_for(cassette: Path, home: Path, embedder: MiniLM) -> Workbench:
    return build_workbench(settings_for(cassette, Settings(home=home, threads=1)), embedder=embedder)


@pytest.fixture(scope="module")
def flowline(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    bench = bench_for(FLOWLINE, tmp_path_factory.mktemp("flowline"), embedder)
    with playing(FLOWLINE):
        flowline_job(bench)
    yield bench
    bench.store.close()


@pytest.fixture(scope="module")
def report(flowline: Workbench, tmp_path_factory: pytest.TempPathFactory) -> EvalReport:
    folder = shutil.copytree(DATA / "sample" / "flowline", tmp_path_factory.mktemp("planted") / "flowline")
    shutil.copy(TRUTH, folder / "truth.json")
    cast = load_cast(flowline, "flowline")
    with flowline.store.transaction() as tx:
        sources, evidence = tx.sources.all("flowline"), tx.evidence.all("flowline")
    outcome = Outcome(cast, sources, evidence, IngestReport(), render_playbook(cast, sources, evidence=evidence))
    return score(read_planted(folder), outcome, {}, negatives=groups.negatives_of(cast),
                 conflicts=groups.conflicts_of(cast))  # fmt: skip


@pytest.mark.parametrize(("name", "least"), AT_LEAST.items())
def test_the_planted_truth_is_found(report: EvalReport, name: str, least: float) -> None:
    assert report.scores[name] >= least


@pytest.mark.parametrize("name", ["injections_obeyed", "leakage", "distractor_rate"])
def test_nothing_is_taken_that_should_not_be(report: EvalReport, name: str) -> None:
    assert report.scores[name] == 0


def test_orders_in_transcripts_are_reported(flowline: Workbench) -> None:
    with flowline.store.transaction() as tx:
        account = tx.results.runs("flowline")[-1].account
    assert account is not None and len(account.findings) >= 2


def test_every_interview_is_read_once(flowline: Workbench) -> None:
    with flowline.store.transaction() as tx:
        account = tx.results.runs("flowline")[-1].account
        speech = sum(
            turn.end - turn.start
            for source in tx.sources.all("flowline")
            if source.kind == "interview"
            for turn in source.turns
        )
    assert account is not None
    assert sum(step.input_tokens for step in account.steps) <= MOST_TOKENS_PER_TOKEN_OF_SPEECH * speech / 4


def test_a_second_run_asks_nothing_and_says_the_same(flowline: Workbench) -> None:
    before = load_cast(flowline, "flowline").model_dump_json()
    again = run_study(flowline, "flowline")
    assert again.account is not None and again.account.calls == 0
    assert load_cast(flowline, "flowline").model_dump_json() == before


def test_an_audit_with_a_judge_sees_the_flaws(flowline: Workbench) -> None:
    with playing(AUDIT):
        items = audit(flowline, "flowline", AUDITED).items
    expected = json.loads(AUDITED.with_suffix(".json").read_text(encoding="utf-8"))
    right = sum(next(item for item in items if words in item.text).verdict == verdict for words, verdict in expected)
    assert right >= 24


def test_eight_real_interviews_become_grounded_personas(tmp_path: Path, embedder: MiniLM) -> None:
    bench = bench_for(EIGHT, tmp_path, embedder)
    with playing(EIGHT):
        eight_interviews(bench)
    cast = load_cast(bench, "ai_at_work")
    with bench.store.transaction() as tx:
        found = suite_personas.run(cast, tx.sources.all("ai_at_work")).scores
    bench.store.close()
    assert cast.personas
    assert (found["quote_validity"], found["cited_claims"], found["schema_valid"]) == (1.0, 1.0, 1.0)
