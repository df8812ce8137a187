"""An app with the API on a bench of its own, and a small study that was run, made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from app.access.principal import owner
from app.api.router import mount_api
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.jobs.durable import DurableDesk
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.on_study import measure_study
from retrieval.embeddings import MiniLM

SPOKEN = ("P01.txt", "P03.txt", "P04.md", "P12.txt", "P14.txt", "P16.txt")


def app_on(bench: Workbench, desk: DurableDesk) -> FastAPI:
    app = FastAPI(title="Dramatis", version="1")
    app.state.bench, app.state.desk = bench, desk
    mount_api(app, bench.settings)
    app.add_middleware(AsOwner)
    return app


class AsOwner:
    """A door that lets everybody in as the owner."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {**scope.get("state", {}), "principal": owner("me")}
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def run_home(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Path:
    """A home with the study `small`, run once for all."""
    home = tmp_path_factory.mktemp("run") / "home"
    bench = build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
    create_study(bench, describe_study("Small", study_id="small"))
    flowline = Path(__file__).parents[3] / "data" / "sample" / "flowline"
    ingest(bench, "small", [*(flowline / "transcripts" / name for name in SPOKEN), flowline / "participants.csv"])
    run_study(bench, "small")
    bench.store.close()
    return home


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", threads=1, engine="local", upload_mb=2)


@pytest.fixture
def bench(run_home: Path, settings: Settings, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench on a copy of that home."""
    shutil.copytree(run_home, settings.home)
    bench = build_workbench(settings, embedder=embedder)
    yield bench
    bench.store.close()


@pytest.fixture
def desk(bench: Workbench) -> Iterator[DurableDesk]:
    desk = DurableDesk(bench, measure=measure_study)
    yield desk
    desk.close()


@pytest.fixture
def client(bench: Workbench, desk: DurableDesk) -> Iterator[TestClient]:
    with TestClient(app_on(bench, desk), base_url="http://127.0.0.1") as client:
        yield client
