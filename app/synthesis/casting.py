"""Casting: the whole job from evidence to cast, and the cast as it stands."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import InsufficientEvidence
from app.models.cast import Cast, SourceLine
from app.models.persona import Persona
from app.models.run import Account, Run, StepTiming
from app.models.segment import SegmentTree
from app.progress import Progress
from app.synthesis.buying.buying_centre import find_buying_centres
from app.synthesis.coding import code_study, load_interviews
from app.synthesis.material import Material, load_material
from app.synthesis.personas import draft_study
from app.synthesis.provenance import provenance
from app.synthesis.reviewing import find_among, personas_of
from app.synthesis.segments import segment_study
from app.synthesis.staleness import stale_personas
from app.synthesis.themes import find_themes
from app.workbench import Workbench
from retrieval.evidence import Source, stable_id


def run_study(
    bench: Workbench, study_id: str, *, segments: Path | None = None, progress: Progress | None = None
) -> Run:
    """Code, find themes, segment and draft; saves everything and returns the record of the run."""
    started = time.time()
    steps: list[StepTiming] = []
    bench.engine.take_account()
    try:
        with _timed(steps, "code"):
            code_study(bench, study_id, progress)
        with _timed(steps, "themes"):
            find_themes(bench, study_id, progress)
        with _timed(steps, "segment"):
            segment_study(bench, study_id, segments)
        with _timed(steps, "draft"):
            draft_study(bench, study_id, progress)
    except BaseException:
        _record_stopped(bench, study_id, steps, started)
        raise
    return record_run(bench, study_id, steps, started, bench.engine.take_account())


def forecast_study(bench: Workbench, study_id: str) -> Account | None:
    """About what a run would ask of a language model; None where the engine asks none."""
    bench = bench.for_study(study_id)
    return bench.engine.forecast(load_interviews(bench, study_id), bench.codebook, bench.study(study_id).purpose)


@contextmanager
def _timed(steps: list[StepTiming], step: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    steps.append(StepTiming(step=step, seconds=round(time.perf_counter() - began, 2)))


def _record_stopped(bench: Workbench, study_id: str, steps: list[StepTiming], started: float) -> None:
    """A run that did not end is recorded where it cost something: what was paid is paid."""
    spent = bench.engine.take_account()
    if spent and spent.calls:
        record_run(bench, study_id, steps, started, spent)


def record_run(
    bench: Workbench,
    study_id: str,
    steps: list[StepTiming],
    started: float,
    account: Account | None,
    run_id: str | None = None,
) -> Run:
    """Save the record of a run; one that is there already under the id is replaced."""
    run = Run(
        id=run_id or stable_id("run", study_id, started),
        study_id=study_id,
        provenance=provenance(bench),
        steps=steps,
        peak_memory_mb=peak_memory_mb(),
        tokens=account.tokens if account else 0,
        cost=account.cost if account else 0.0,
        account=account,
    )
    with bench.store.transaction() as tx:
        tx.results.add_run(run, started)
    return run


def peak_memory_mb() -> float:
    """The largest resident size of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts KiB, macOS bytes.
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def load_cast(bench: Workbench, study_id: str) -> Cast:
    """The study's cast as stored; NotFound where there is no such study."""
    material = load_material(bench, study_id)
    cast = cast_of(bench, material)
    return cast.model_copy(update={"buying_centres": find_buying_centres(bench, material, cast.personas)})


def cast_of(bench: Workbench, material: Material) -> Cast:
    """The cast without its buying centres, which take far longer to find than all the rest to read."""
    study_id = material.study.id
    with bench.store.transaction() as tx:
        personas, refused = personas_of(tx, study_id), tx.results.refusals(study_id)
        made_with, basis = tx.results.provenance(study_id), tx.results.basis(study_id)
    return Cast(
        study=material.study,
        participants=[person for person in material.participants if person.id in material.interviewed],
        sources=[_line(source) for source in material.sources],
        themes=material.themes,
        segments=material.tree or SegmentTree(segments=[], method="not segmented yet"),
        personas=personas,
        refused=refused,
        stale=stale_personas(personas, material, basis),
        provenance=made_with or provenance(bench),
    )


def need_personas(cast: Cast) -> None:
    """InsufficientEvidence where the cast holds no persona at all."""
    if not cast.personas:
        ask = (
            cast.refused[0].ask_next if cast.refused else "Interview more people, and ask what they do, want and fear."
        )
        raise InsufficientEvidence("a persona", 0, 1, ask)


def _line(source: Source) -> SourceLine:
    return SourceLine(
        id=source.id,
        name=source.name,
        kind=source.kind,
        participants=source.participant_ids,
        words=sum(len(turn.of(source.text).split()) for turn in source.turns),
    )


def find_persona(cast: Cast, wanted: str) -> Persona:
    """The persona with this id, or the only one whose name holds the words; else NotFound."""
    return find_among(cast.personas, wanted)
