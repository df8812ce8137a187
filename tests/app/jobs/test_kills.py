"""kill -9 in the middle of a job: the next worker ends it, and what is left equals an undisturbed run."""

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from spoken import words_in

from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.intake.uploads import UploadWishes, keep_upload
from app.jobs.durable import DurableDesk
from app.models.job import Job, JobKind, JobState
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_workbench
from evals.study_state import StudyState, study_state
from retrieval.embeddings import MiniLM

HERE = Path(__file__).parent
PLACES = ("import saved, people not", "some coded", "themes saved", "personas saved", "run recorded")
STUDY = "small"
SPOKEN = ("P01.txt", "P03.txt", "P04.md", "P12.txt")


@pytest.fixture
def files(flowline: Path, tmp_path: Path) -> list[Path]:
    return [flowline / "transcripts" / name for name in SPOKEN] + [flowline / "participants.csv"]


@pytest.fixture
def undisturbed(settings: Settings, embedder: MiniLM, files: list[Path], tmp_path: Path) -> StudyState:
    """What an import and a run leave in a home where nothing happens."""
    bench = build_workbench(settings.model_copy(update={"home": tmp_path / "calm"}), embedder=embedder)
    create_study(bench, describe_study("Small", study_id=STUDY))
    ingest(bench, STUDY, files)
    run_study(bench, STUDY)
    found = study_state(bench, STUDY)
    bench.store.close()
    return found


def killed_at(place: str, home: Path, models: Path) -> None:
    """A worker of its own that dies at the place; where it does not, the test waits in vain."""
    if not (home / "models").exists():
        (home / "models").symlink_to(models, target_is_directory=True)
    done = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, str(HERE / "dying_worker.py"), place],
        env={**os.environ, "DRAMATIS_HOME": str(home), "DRAMATIS_ENGINE": "local", "DRAMATIS_THREADS": "1"},
        cwd=HERE.parents[2], timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL


def ended(desk: DurableDesk, job_id: str) -> Job:
    return list(desk.events(job_id))[-1].job


def test_five_kills_lose_and_double_nothing(
    settings: Settings, embedder: MiniLM, built_models: Path, files: list[Path], undisturbed: StudyState
) -> None:
    bench = build_workbench(settings, embedder=embedder)
    create_study(bench, describe_study("Small", study_id=STUDY))
    sent = [(path.name, path.open("rb")) for path in files]
    upload = keep_upload(settings, STUDY, sent, UploadWishes(), 10**8)
    for _, stream in sent:
        stream.close()
    desk = DurableDesk(bench, works=False)
    imported = desk.start(JobKind.INGEST, STUDY, upload=upload.id)
    run = desk.start(JobKind.RUN, STUDY)
    desk.close()
    for place in PLACES:
        killed_at(place, settings.home, built_models)
    desk = DurableDesk(bench)
    jobs = [ended(desk, imported.id), ended(desk, run.id)]
    desk.close()
    assert [(job.state, job.error) for job in jobs] == [(JobState.DONE, None)] * 2
    assert study_state(bench, STUDY) == undisturbed
    with bench.store.transaction() as tx:
        assert [one.id for one in tx.results.runs(STUDY)] == [jobs[1].result["run"]]
    records = b"".join(path.read_bytes() for path in settings.home.glob("jobs.sqlite*"))
    assert jobs[1].id.encode() in records and not words_in(records, bench, STUDY)
    bench.store.close()


def test_whoever_is_there_takes_up_what_a_dead_worker_left(
    settings: Settings, embedder: MiniLM, built_models: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.durable.TEND", 0.2)
    bench = build_workbench(settings, embedder=embedder)
    create_study(bench, describe_study("Small", study_id=STUDY))
    ingest(bench, STUDY, files[:1])
    desk = DurableDesk(bench, works=False)
    job = desk.start(JobKind.CODE, STUDY)
    killed_at("some coded", settings.home, built_models)
    events = (event.job.state for event in desk.events(job.id))
    assert list(itertools.islice(itertools.dropwhile(lambda state: state is not JobState.WAITING, events), 1))
    desk.close()
    bench.store.close()
