"""The flowline study, run once, on a bench that tests may write briefs on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_run import sample_run

from app.briefs.ground import Ground, load_ground
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY = "flowline"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """For tests that leave what they found."""
    with sample_run(tmp_path_factory.mktemp("briefs"), embedder) as bench:
        yield bench


@pytest.fixture(scope="session")
def ground(shared: Workbench) -> Ground:
    return load_ground(shared, STUDY)


@pytest.fixture
def own(tmp_path: Path, embedder: MiniLM) -> Iterator[Workbench]:
    """A copy for one test."""
    with sample_run(tmp_path / "own", embedder) as bench:
        yield bench
