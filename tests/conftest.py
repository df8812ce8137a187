"""What all tests share: a home of their own, the real embedder built once, small studies to work on."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from shared_embedder import SharedMiniLM, one_at_a_time, session_folder

from app.intake.studies import create_study, describe_study
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

# Tests are not timed: a busy machine is no fault of theirs.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

FLOWLINE = Path(__file__).parents[1] / "data" / "sample" / "flowline"


@pytest.fixture(autouse=True)
def no_model_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever model, collector or tracer the machine is set up for, tests choose their own."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "AZURE_OPENAI_", "DRAMATIS_", "OTEL_", "LANGSMITH_", "LANGCHAIN_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def built_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the embedding model is built, once for all tests of a session."""
    models = session_folder(tmp_path_factory.mktemp("mine")) / "models"
    with one_at_a_time(models):
        MiniLM(models, threads=1).encode(["ready"])
    return models


@pytest.fixture(scope="session")
def embedder(built_models: Path) -> MiniLM:
    """The real embedder."""
    return SharedMiniLM(built_models, built_models.parent)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", threads=1, engine="local")


@pytest.fixture
def bench(settings: Settings, embedder: MiniLM) -> Iterator[Workbench]:
    """A workbench on an empty home, with real store, index, embedder and engine."""
    bench = build_workbench(settings, embedder=embedder)
    yield bench
    bench.store.close()


@pytest.fixture
def study(bench: Workbench) -> str:
    """The id of an empty study on the bench."""
    create_study(bench, describe_study("Test study", study_id="test"))
    return "test"


@pytest.fixture
def flowline() -> Path:
    """The invented sample study's folder."""
    return FLOWLINE
