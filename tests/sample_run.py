"""The invented sample study, run once on a bench of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.intake.sample import import_sample
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM


@contextmanager
def sample_run(home: Path, embedder: MiniLM, study: str = "flowline") -> Iterator[Workbench]:
    """A bench on which the sample study was imported and run; closed afterwards."""
    bench = build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
    import_sample(bench, study)
    run_study(bench, study)
    yield bench
    bench.store.close()
