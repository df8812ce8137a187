"""A house with people of every role, inside and outside the marked study."""

import shutil
from collections.abc import Iterator

import pytest
from marked_study import marked_home
from team import add, quick_hashes

from app.jobs.durable import DurableDesk
from app.models.user import Role
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[tuple[Workbench, DurableDesk]]:
    home = tmp_path_factory.mktemp("house") / "home"
    base = tmp_path_factory.getbasetemp()
    session = base.parent if base.name.startswith("popen-") else base
    shutil.copytree(marked_home(session, embedder), home)
    bench = build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
    desk = DurableDesk(bench, works=False)
    with quick_hashes():
        for role in Role:
            add(bench, f"{role} inside", role, "small")
            add(bench, f"{role} outside", role, "other")
        yield bench, desk
    desk.close()
    bench.store.close()
