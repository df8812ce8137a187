"""The pipeline as evals run it: on a folder, in homes of their own that are gone afterwards."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.engines.base import Profile
from app.intake.ingest import ingest
from app.intake.report import IngestReport
from app.intake.studies import create_study, describe_study
from app.models.cast import Cast
from app.models.evidence import Evidence
from app.playbook import render_playbook
from app.settings import Settings
from app.synthesis.casting import load_cast, run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.planted import TRUTH
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


class Outcome(NamedTuple):
    """What a whole job left behind, and the page it makes of it."""

    cast: Cast
    sources: list[Source]
    evidence: list[Evidence]
    intake: IngestReport
    playbook: str


def run_folder(folder: Path, settings: Settings | None = None) -> Outcome:
    """Import the folder into a fresh home and run the whole job. A planted study's truth is left where it is."""
    with fresh_bench(settings) as bench:
        intake = run_in(bench, folder)
        with bench.store.transaction() as tx:
            sources, evidence = tx.sources.all(STUDY), tx.evidence.all(STUDY)
        cast = load_cast(bench, STUDY)
        return Outcome(cast, sources, evidence, intake, render_playbook(cast, sources, evidence=evidence))


def run_in(bench: Workbench, folder: Path) -> IngestReport:
    """The same on a bench that stays open: the study is called `STUDY` there."""
    with inputs_of(folder) as given:
        described = given / "study.yaml"
        create_study(bench, describe_study("", study_id=STUDY, from_file=described if described.exists() else None))
        intake = ingest(bench, STUDY, [given])
        run_study(bench, STUDY)
        return intake


def cast_folder(folder: Path, settings: Settings | None = None) -> tuple[Cast, list[Source]]:
    """The cast of a whole job on the folder, and its sources."""
    done = run_folder(folder, settings)
    return done.cast, done.sources


@contextmanager
def inputs_of(folder: Path) -> Iterator[Path]:
    """The folder; where it holds a truth, a copy without that, because every JSON file is read as speech."""
    if not (folder / TRUTH).exists():
        yield folder
        return
    with TemporaryDirectory(prefix="dramatis-eval-") as home:
        yield Path(shutil.copytree(folder, Path(home) / folder.resolve().name, ignore=shutil.ignore_patterns(TRUTH)))


def cast_of_study(study_id: str) -> tuple[Cast, list[Source], list[Evidence]]:
    """The cast of a study in the usual home, as it stands, its sources and evidence; NotFound where there is none."""
    bench = build_workbench()
    cast = load_cast(bench, study_id)
    with bench.store.transaction() as tx:
        return cast, tx.sources.all(study_id), tx.evidence.all(study_id)


def profiles_of(cast: Cast, evidence: Sequence[Evidence]) -> list[Profile]:
    """Everybody heard, with what was coded of theirs, in order of id: what segments are proposed from."""
    people = sorted(cast.participants, key=lambda one: one.id)
    return [Profile(participant=who, evidence=[e for e in evidence if e.participant_id == who.id]) for who in people]
