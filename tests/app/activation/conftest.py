"""The flowline study for tests of activation, run once, and its rule book."""

from collections.abc import Iterator

import pytest
from sample_run import sample_run

from app.activation.loading import load_rule_book
from app.models.assignment import RuleBook
from app.workbench import Workbench
from retrieval.embeddings import MiniLM


@pytest.fixture(scope="package")
def ready(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("activation"), embedder) as bench:
        yield bench


@pytest.fixture(scope="package")
def book(ready: Workbench) -> RuleBook:
    return load_rule_book(ready, "flowline")
