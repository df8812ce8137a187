"""The marked study in homes of its own: one of a single owner, one where people log in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from marked_study import marked_home
from team import add, quick_hashes

from app.access.people import find_user
from app.access.tokens import actions_of, make_token
from app.models.user import Role
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

READING = ("see studies", "read personas", "read briefs")


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM, built_models: Path) -> Path:
    """A home that nobody logs in to, with the model built."""
    home = tmp_path_factory.mktemp("owned") / "home"
    shutil.copytree(_marked(tmp_path_factory, embedder), home)
    shutil.rmtree(home / "models", ignore_errors=True)
    (home / "models").symlink_to(built_models)
    return home


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A home with people of every role in the study `small`, and nobody in `other`."""
    home = tmp_path_factory.mktemp("team") / "home"
    shutil.copytree(_marked(tmp_path_factory, embedder), home)
    bench = build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
    with quick_hashes():
        for role in Role:
            add(bench, f"{role} inside", role, "small")
    yield bench
    bench.store.close()


def token_of(bench: Workbench, role: Role, *can: str) -> str:
    """The secret of a new token of that role, for what a role may of reading where nothing is said."""
    wanted = can or READING
    return make_token(bench.store, find_user(bench.store, f"{role} inside"), "t", actions_of(wanted), 30, "test").secret


def _marked(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Path:
    base = tmp_path_factory.getbasetemp()
    return marked_home(base.parent if base.name.startswith("popen-") else base, embedder)
