"""The flowline study, run once for all tests of the pages, and a browser in it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sample_run import sample_run
from web_browser import browser

from app.workbench import Workbench
from retrieval.embeddings import MiniLM


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench with the flowline study, which tests only read."""
    with sample_run(tmp_path_factory.mktemp("shown"), embedder) as bench:
        yield bench


@pytest.fixture(scope="session")
def reader(shown: Workbench) -> Iterator[TestClient]:
    with browser(shown) as found:
        yield found
