"""Steps: what jobs are made of. Each may be done again from its beginning and leaves the same behind: codes are
replaced source by source, themes, segments and personas whole; an import passes over what is there; a run has its
job's id.

A step that ended is in the job's record and is not done again, whatever happens to the process.
"""

import time
from collections.abc import Callable

from dbos import DBOS

from app.briefs.ground import load_ground
from app.briefs.matrix import matrix_of
from app.briefs.writing import write_all
from app.errors import BadInput
from app.exports.writing import export as write_files
from app.exports.writing import republish
from app.intake.uploads import Upload, drop_reports, find_upload
from app.jobs.crew import Result, crew
from app.jobs.failure import JobFailed
from app.jobs.reporting import RecordedProgress
from app.models.base import Model
from app.models.brief import Brief
from app.models.run import Account, StepTiming
from app.progress import Progress
from app.refi.arriving import take_in
from app.synthesis.casting import load_cast, need_personas, record_run
from app.synthesis.coding import code_study
from app.synthesis.personas import draft_study
from app.synthesis.segments import segment_study
from app.synthesis.themes import find_themes
from app.workbench import Workbench

Ids = dict[str, str]
COUNTED = ("imported", "replaced", "unchanged", "removed", "withheld", "skipped", "refused")
Work = Callable[[Workbench, str, Ids, Progress], Result]


class StepDone(Model):
    """What a step leaves in the job's record."""

    step: str
    seconds: float
    result: Result
    account: Account | None = None


def ingest(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    upload = find_upload(bench.settings, study_id, ids["upload"])
    told = upload.report()
    if told is None:
        told = _import(bench, study_id, upload, progress)
    counts: Result = {word: len(told[word]) for word in COUNTED}
    return {"upload": upload.id, **counts}


def _import(bench: Workbench, study_id: str, upload: Upload, progress: Progress) -> dict[str, list[str]]:
    wishes = upload.wishes()
    found = take_in(
        bench,
        study_id,
        upload.paths(),
        kind=wishes.kind,
        interviewer=wishes.interviewer,
        same=wishes.same,
        columns=wishes.columns,
        progress=progress,
    )
    upload.settle(found)
    if found.withheld:
        drop_reports(bench.settings, study_id, but=upload.id)
    return found.as_dict()


def code(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    return {"evidence": code_study(bench, study_id, progress)}


def themes(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    return {"themes": len(find_themes(bench, study_id, progress))}


def segment(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    progress.start("Segments", 1)
    tree = segment_study(bench, study_id)
    progress.advance()
    return {"segments": len(tree.segments)}


def draft(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    personas, refused = draft_study(bench, study_id, progress)
    republish(bench, load_cast(bench, study_id))
    return {"personas": len(personas), "not_drafted": len(refused)}


def brief(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    """The briefs of a matrix. One written anew takes the place of the earlier, so twice is once."""
    ground = load_ground(bench, study_id)
    wanted = matrix_of(ground, ids)
    progress.start("Briefs", len(wanted))
    written = 0
    for one in write_all(ground, wanted):
        written += isinstance(one, Brief)
        progress.advance()
    return {"briefs": written, "not_written": len(wanted) - written}


def measure(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    measuring = crew().measure
    if measuring is None:
        raise BadInput("This worker was started without evals. Start it with: dramatis worker.")
    progress.start("Measuring", 1)
    found = measuring(bench, study_id, ids["suite"], ids["job"])
    progress.advance()
    return found


def export(bench: Workbench, study_id: str, ids: Ids, progress: Progress) -> Result:
    progress.start("Writing", 1)
    cast = load_cast(bench, study_id)
    need_personas(cast)
    written = write_files(bench, cast)
    progress.advance()
    return {"files": len(written)}


def _may_help(error: BaseException) -> bool:
    return isinstance(error, JobFailed) and error.transient


def _retried(work: Work) -> Callable[[str, Ids], dict[str, object]]:
    """The work as a step of a job: its name and how long it took, its failure as a sentence, and what it spent."""

    def step(study_id: str, ids: Ids) -> dict[str, object]:
        bench, began = crew().bench, time.perf_counter()
        try:
            result = work(bench, study_id, ids, RecordedProgress(ids["job"]))
        except Exception as error:
            raise JobFailed.because(error, work.__name__) from None
        seconds = round(time.perf_counter() - began, 2)
        account = bench.engine.take_account()
        return StepDone(step=work.__name__, seconds=seconds, result=result, account=account).model_dump(mode="json")

    step.__qualname__ = f"step.{work.__name__}"
    return DBOS.step(
        name=work.__name__, retries_allowed=True, interval_seconds=5, max_attempts=3, should_retry=_may_help
    )(step)


STEPS = {work.__name__: _retried(work) for work in (ingest, code, themes, segment, draft, measure, export, brief)}


@DBOS.step(name="record")
def keep_record(study_id: str, ids: Ids, started: float, done: list[dict[str, object]]) -> str:
    """Write down the run with what all its steps took; the id is the job's, so that twice is once."""
    steps = [StepDone.model_validate(one) for one in done]
    timings = [StepTiming(step=one.step, seconds=one.seconds) for one in steps]
    spent = Account.of_all([one.account for one in steps if one.account])
    return record_run(crew().bench, study_id, timings, started, spent, run_id=f"run_{ids['job']}").id
