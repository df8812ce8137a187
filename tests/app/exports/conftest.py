"""The flowline study as it goes out, loaded once for all tests of exports, which only read it."""

from collections.abc import Iterator

import pytest
from sample_run import sample_run

from app.exports.outgoing import Outgoing, load_outgoing
from app.workbench import Workbench
from retrieval.embeddings import MiniLM


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("exports"), embedder) as bench:
        yield bench


@pytest.fixture(scope="session")
def out(sample: Workbench) -> Outgoing:
    return load_outgoing(sample, "flowline")
