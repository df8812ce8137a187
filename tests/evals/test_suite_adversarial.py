"""The suite `adversarial`, on a part of the sample: all bad citations caught, the good ones kept, and faults seen."""

import csv
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app.engines.llm.packing import Pack
from app.wiring import build_workbench
from evals import pipeline
from evals.adversary import coding
from evals.adversary.court import Court, Tried
from evals.adversary.study import imported
from evals.report import EvalReport
from evals.suites import adversarial
from retrieval.embeddings import MiniLM

PEOPLE = ("P01", "P02", "P03", "P04", "P06", "P12", "P17", "P10")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight interviews of the sample, one of which holds an order."""
    sample = Path(__file__).parents[2] / "data" / "sample" / "flowline"
    folder = tmp_path_factory.mktemp("adversarial") / "part"
    (folder / "transcripts").mkdir(parents=True)
    with (sample / "participants.csv").open(encoding="utf-8", newline="") as rows:
        found = [row for row in csv.DictReader(rows) if row["participant"] in PEOPLE]
    with (folder / "participants.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, found[0])
        table.writeheader()
        table.writerows(found)
    for row in found:
        shutil.copy(sample / row["file"], folder / row["file"])
    return folder


@pytest.fixture(scope="module", autouse=True)
def benches_with_our_embedder(embedder: MiniLM) -> Iterator[None]:
    """Evals build benches of their own; here they embed nothing that other tests had embedded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "build_workbench", partial(build_workbench, embedder=embedder))
        yield


@pytest.fixture(scope="module")
def report(folder: Path) -> EvalReport:
    return adversarial.run(folder)


def test_all_bad_citations_are_caught_and_the_good_ones_kept(report: EvalReport) -> None:
    assert report.scores["caught"] == 1.0
    assert report.scores["kept"] >= 0.99
    assert report.scores["quotes_hold"] == 1.0
    assert report.run["citations_of_the_whole_job"] > 0


def test_every_kind_has_a_row_or_a_note(report: EvalReport) -> None:
    rows = {row["kind"] for row in report.rows}
    for kind in adversarial.KINDS:
        assert kind.name in rows or any(note.startswith(kind.name) for note in report.run["notes"]), kind.name
    assert {"code: an order taken for evidence", "segments: nobody of the study"} <= rows


def test_a_lying_judge_is_reported_apart(report: EvalReport) -> None:
    assert report.scores["caught_with_a_lying_judge"] < 1.0
    assert any("calls everything supported" in note for note in report.run["notes"])


def test_no_row_repeats_interview_text(report: EvalReport) -> None:
    assert all(set(row) <= {"kind", "expected", "got", "bad", "reached", "good", "lost", "fell"} for row in report.rows)


def test_an_engine_that_believes_its_model_is_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative numbers read as Python does, from the end, reach evidence."""
    (kind,) = (one for one in coding.KINDS if one.name.endswith("negative"))
    with imported(folder) as bench:
        court = Court(bench, adversarial.SEED)
        monkeypatch.setattr(Pack, "at", lambda pack, number: pack.numbered[number - 1 if number > 0 else number])
        found = court.tried(kind)
    assert found.reached > 0


def test_what_is_caught_and_kept_is_told_in_the_row() -> None:
    found = Tried("a kind", bad=10, reached=3, good=8, kept=6, fell=2)
    assert found.row == {"kind": "a kind", "expected": "10 caught, 8 kept", "got": "7 caught, 6 kept", "bad": 10,
                         "reached": 3, "good": 8, "lost": 2, "fell": 2}  # fmt: skip
    assert adversarial._caught([found]) == 0.7
    assert adversarial._kept([found]) == 0.75
    assert adversarial._caught([]) is None
