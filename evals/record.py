"""python -m evals.record: the cassettes anew, from the language model that is set up. It costs what the model costs.

Each conversation is a whole job on a sample study in an empty home: `flowline` and the audit of a flawed persona of it,
and eight interviews of `ai_at_work`.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app import DATA
from app.audit.auditing import audit
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.synthesis.casting import run_study
from app.wiring import read_settings
from app.workbench import Workbench
from evals.cassettes import CASSETTES, playing
from evals.pipeline import fresh_bench

AUDITED = CASSETTES.parent / "app" / "audit" / "flowline_persona.md"
# Every third interview: of sales, marketing and management alike.
EIGHT = tuple(f"P{number:02d}.txt" for number in range(1, 25, 3))


def flowline_job(bench: Workbench) -> None:
    """The whole job on the invented study."""
    _job(bench, "flowline", DATA / "sample" / "flowline")


def flowline_audit(bench: Workbench) -> None:
    """The audit of a flawed persona, after the job."""
    audit(bench, "flowline", AUDITED)


def eight_interviews(bench: Workbench) -> None:
    """The whole job on eight real interviews."""
    with _eight() as folder:
        _job(bench, "ai_at_work", folder)


def _job(bench: Workbench, study: str, folder: Path) -> None:
    create_study(bench, describe_study("", study_id=study, from_file=folder / "study.yaml"))
    ingest(bench, study, [folder])
    run_study(bench, study)


@contextmanager
def _eight() -> Iterator[Path]:
    whole = DATA / "sample" / "ai_at_work"
    with TemporaryDirectory(prefix="dramatis-record-") as home:
        folder = Path(home)
        (folder / "transcripts").mkdir()
        for name in ("study.yaml", "participants.csv"):
            shutil.copy(whole / name, folder / name)
        for name in EIGHT:
            shutil.copy(whole / "transcripts" / name, folder / "transcripts" / name)
        yield folder


# Cassette → what is done in one home, in this order.
HOMES = (
    {"flowline": flowline_job, "flowline_audit": flowline_audit},
    {"ai_at_work_8": eight_interviews},
)


def main() -> None:
    settings = read_settings().model_copy(update={"engine": "llm"})
    for jobs in HOMES:
        with fresh_bench(settings) as bench:
            for name, job in jobs.items():
                with playing(CASSETTES / f"{name}.json", record=True) as cassette:
                    job(bench)
                print(f"{CASSETTES / name}.json: {len(cassette)} calls")


if __name__ == "__main__":
    main()
