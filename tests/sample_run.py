"""The invented sample study, run once a session of tests, and a copy of it for whoever asks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared_embedder import one_at_a_time, session_folder

from app.intake.sample import import_sample
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM


@contextmanager
def sample_run(home: Path, embedder: MiniLM, study: str = "flowline") -> Iterator[Workbench]:
    """A bench on which the sample study was imported and run; closed afterwards."""
    shutil.copytree(_made_once(home, embedder, study), home, dirs_exist_ok=True)
    bench = _open(home, embedder)
    yield bench
    bench.store.close()


def _made_once(home: Path, embedder: MiniLM, study: str) -> Path:
    """The home that all copies are made of."""
    made = session_folder(home) / f"sample-{study}"
    with one_at_a_time(made):
        if not made.exists():
            unfinished = made.with_suffix(".unfinished")
            bench = _open(unfinished, embedder)
            import_sample(bench, study)
            run_study(bench, study)
            bench.store.close()
            unfinished.rename(made)
    return made


def _open(home: Path, embedder: MiniLM) -> Workbench:
    return build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
