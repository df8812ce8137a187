"""The pipeline as evals run it: on a folder, in homes of their own that are gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.models.cast import Cast
from app.settings import Settings
from app.synthesis.casting import load_cast, run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.evidence import Source

STUDY = "eval"


@contextmanager
def fresh_bench(settings: Settings | None = None) -> Iterator[Workbench]:
    """A workbench on an empty home that is gone afterwards.

    Embedding models built in the usual home are used, so that they are not built again; vectors kept there are not,
    so that embedding is measured where it is measured.
    """
    settings = settings or Settings()
    with TemporaryDirectory(prefix="dramatis-eval-") as home:
        (Path(home) / "models").symlink_to(settings.models.resolve(), target_is_directory=True)
        settings.models.mkdir(parents=True, exist_ok=True)
        bench = build_workbench(settings.model_copy(update={"home": Path(home)}))
        try:
            yield bench
        finally:
            bench.store.close()


def cast_folder(folder: Path, settings: Settings | None = None) -> tuple[Cast, list[Source]]:
    """Import the folder into a fresh home, run the whole job, and return the cast and its sources."""
    with fresh_bench(settings) as bench:
        described = folder / "study.yaml"
        create_study(bench, describe_study("", study_id=STUDY, from_file=described if described.exists() else None))
        ingest(bench, STUDY, [folder])
        run_study(bench, STUDY)
        with bench.store.transaction() as tx:
            sources = tx.sources.all(STUDY)
        return load_cast(bench, STUDY), sources


def cast_of_study(study_id: str) -> tuple[Cast, list[Source]]:
    """The cast of a study in the usual home, as it stands, and its sources; NotFound where there is none."""
    bench = build_workbench()
    cast = load_cast(bench, study_id)
    with bench.store.transaction() as tx:
        return cast, tx.sources.all(study_id)
