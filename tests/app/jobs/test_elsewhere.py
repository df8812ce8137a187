"""A worker of its own does what a desk that does no work was asked for, with the records in a file or on PostgreSQL."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from pydantic import SecretStr
from spoken import words_in

from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.intake.uploads import UploadWishes, keep_upload
from app.jobs.durable import DurableDesk
from app.models.job import Job, JobKind, JobState
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
STUDY = "small"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def database() -> Iterator[str]:
    """A database of its own on the PostgreSQL of this machine, gone afterwards."""
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers here: set TEST_POSTGRES_URL to one where databases may be made")
    name = f"dramatis_test_{uuid4().hex[:12]}"
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
    server = psycopg.connect(SERVER, autocommit=True)
    yield SERVER.rpartition("/")[0] + f"/{name}"
    server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.close()


@pytest.fixture
def home(settings: Settings, built_models: Path, embedder: MiniLM, flowline: Path) -> Iterator[Workbench]:
    """A study of one interview, on a home where a worker finds its model built."""
    settings.home.mkdir()
    (settings.home / "models").symlink_to(built_models, target_is_directory=True)
    bench = build_workbench(settings, embedder=embedder)
    create_study(bench, describe_study("Small", study_id=STUDY))
    ingest(bench, STUDY, [flowline / "transcripts" / "P03.txt"])
    yield bench
    bench.store.close()


@contextmanager
def worker(bench: Workbench, **more: str) -> Iterator[None]:
    """`dramatis worker` as a process of its own; told to stop afterwards, which it does."""
    environment = {**os.environ, "DRAMATIS_HOME": str(bench.settings.home), "DRAMATIS_ENGINE": "local", **more}
    command = [sys.executable, "-m", "app.main", "worker"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        yield
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def upload_one(bench: Workbench, path: Path) -> str:
    with path.open("rb") as stream:
        return keep_upload(bench.settings, STUDY, [(path.name, stream)], UploadWishes(), 10**7).id


def ended(desk: DurableDesk, job: Job) -> Job:
    return list(desk.events(job.id))[-1].job


def test_a_worker_does_what_was_asked_for_elsewhere(home: Workbench, flowline: Path) -> None:
    desk = DurableDesk(home, works=False)
    jobs = [
        desk.start(JobKind.INGEST, STUDY, by="ana", upload=upload_one(home, flowline / "transcripts" / "P01.txt")),
        desk.start(JobKind.CODE, STUDY, by="ana"),
    ]
    assert [(job.id, job.state) for job in desk.under_way(STUDY)] == [(job.id, JobState.WAITING) for job in jobs]
    with worker(home):
        done = [ended(desk, job) for job in jobs]
    assert [(job.state, job.by) for job in done] == [(JobState.DONE, "ana")] * 2
    assert done[0].result["imported"] == 1 and int(done[1].result["evidence"]) > 0
    desk.close()
    records = b"".join(path.read_bytes() for path in home.settings.home.glob("jobs.sqlite*"))
    assert b"ana" in records and not words_in(records, home, STUDY) and b"P01.txt" not in records


def test_records_may_lie_on_postgresql(home: Workbench, database: str) -> None:
    address = database.replace("postgresql://", "postgresql+psycopg://")
    settings = home.settings.model_copy(update={"database_url": SecretStr(address)})
    desk = DurableDesk(build_workbench(settings, embedder=home.embedder), works=False)
    cancelled = desk.start(JobKind.CODE, STUDY)
    assert desk.cancel(cancelled.id).state is JobState.CANCELLED
    failing, coding = desk.start(JobKind.DRAFT, STUDY), desk.start(JobKind.CODE, STUDY, key="once")
    assert desk.start(JobKind.CODE, STUDY, key="once").id == coding.id
    with worker(home, DRAMATIS_DATABASE_URL=address):
        assert ended(desk, coding).state is JobState.DONE
        failed = ended(desk, failing)
        assert failed.state is JobState.FAILED and failed.error is not None and failed.error.kind != "Unexpected"
        desk.retry(cancelled.id)
        assert ended(desk, cancelled).state is JobState.DONE
    assert {job.id for job in desk.all(STUDY)} == {cancelled.id, failing.id, coding.id}
    assert not (home.settings.home / "jobs.sqlite").exists()
    kept = everything_in(database)
    assert coding.id.encode() in kept and not words_in(kept, home, STUDY)
    desk.forget(STUDY)
    assert desk.all(STUDY) == []
    desk.close()


def everything_in(database: str) -> bytes:
    """Every row of every table, as text."""
    with psycopg.connect(database) as server:
        tables = server.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables "
            "WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'"
        ).fetchall()
        rows = [server.execute(f"SELECT t::text FROM {name} t").fetchall() for (name,) in tables]  # noqa: S608
    return repr(rows).encode()
