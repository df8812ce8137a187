"""Bench `kills`: workers are killed (`kill -9`) at random moments while they import and run a study. Each time another
takes up the work; when a study's jobs have ended it must equal one that nothing happened to.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from app import DATA
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.intake.uploads import UploadWishes, keep_upload
from app.jobs.durable import DurableDesk
from app.models.job import JobKind, JobState
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.bench.section import Section, met, table
from evals.study_state import StudyState, study_state

TITLE = "Kills"
STUDY = "kills"
SAMPLE = DATA / "sample" / "flowline"
KILLS, A_ROUND, SEED = 60, 10, 11
# Seconds after its start at which a worker is killed: it needs two to begin, and a whole job takes about this long.
EARLIEST, LATEST = 1.0, 12.0
GIVEN_UP = 600


def run() -> Section:
    """Round after round until so many workers were killed."""
    section = Section(TITLE, "python -m evals.bench kills")
    rng = random.Random(SEED)  # noqa: S311  (moments, not secrets)
    with TemporaryDirectory(prefix="dramatis-kills-") as folder:
        calm = _undisturbed(Path(folder) / "calm")
        rounds: list[Round] = []
        while sum(one.kills for one in rounds) < KILLS:
            rounds.append(Round(Path(folder) / f"home{len(rounds)}", rng))
            rounds[-1].play()
            shutil.rmtree(rounds[-1].home)
            print(rounds[-1].told(calm), file=sys.stderr, flush=True)
    kills, agree = sum(one.kills for one in rounds), sum(one.state == calm for one in rounds)
    ended = sum(one.ended for one in rounds)
    where = Counter(step for one in rounds for step in one.where)
    section.say(
        f"{kills} kills in {len(rounds)} rounds of an import and a run of the sample study.",
        table(["killed while", "times"], [[step or "starting", count] for step, count in where.most_common()]),
        "\n".join(
            [
                met("every job ends", ended / (2 * len(rounds)), ended == 2 * len(rounds)),
                met("the study equals one that nothing happened to", agree / len(rounds), agree == len(rounds)),
            ]
        ),
        "Compared are counts (sources, people, excerpts, vectors, evidence, themes, segments, personas, versions, "
        "runs, kept files), in which anything doubled or lost shows, and digests of the words, the codes and the cast.",
    )
    return section


class Round:
    """One study in a home of its own, and the workers that died on it."""

    def __init__(self, home: Path, rng: random.Random):
        self.home, self.rng = home, rng
        self.kills, self.ended = 0, 0
        self.where: list[str] = []
        self.told_jobs: list[str] = []
        self.state: StudyState | None = None

    def play(self) -> None:
        bench = _bench(self.home)
        desk = DurableDesk(bench, works=False)
        jobs = _ask(bench, desk)
        while self.kills < A_ROUND and not all(desk.get(one).state.ended for one in jobs):
            self._kill_one(desk, jobs)
        with _worker(self.home) as last:
            self._await(desk, jobs)
            last.terminate()
        last_seen = [desk.get(one) for one in jobs]
        self.ended = sum(one.state is JobState.DONE for one in last_seen)
        self.told_jobs = [f"{one.state}{f' ({one.error.text})' if one.error else ''}" for one in last_seen]
        desk.close()
        self.state = study_state(bench, STUDY)
        bench.store.close()

    def told(self, calm: StudyState) -> str:
        """How it went, and where the study differs."""
        differs = [name for name, value in vars(calm).items() if getattr(self.state, name, None) != value]
        return f"{self.kills} kills, jobs: {', '.join(self.told_jobs)}; differs in: {', '.join(differs) or 'nothing'}"

    def _kill_one(self, desk: DurableDesk, jobs: list[str]) -> None:
        with _worker(self.home) as worker:
            time.sleep(self.rng.uniform(EARLIEST, LATEST))
            at_work = [job for job in map(desk.get, jobs) if not job.state.ended]
            worker.send_signal(signal.SIGKILL)
        if at_work:
            self.kills += 1
            self.where.append(at_work[0].step if at_work[0].state is JobState.RUNNING else "")

    def _await(self, desk: DurableDesk, jobs: list[str]) -> None:
        until = time.monotonic() + GIVEN_UP
        while time.monotonic() < until and not all(desk.get(one).state.ended for one in jobs):
            time.sleep(0.5)


def _undisturbed(home: Path) -> StudyState:
    bench = _bench(home)
    ingest(bench, STUDY, [SAMPLE])
    run_study(bench, STUDY)
    found = study_state(bench, STUDY)
    bench.store.close()
    return found


def _bench(home: Path) -> Workbench:
    """A workbench on a new home that shares the built models of the usual one."""
    usual = Settings()
    usual.models.mkdir(parents=True, exist_ok=True)
    home.mkdir()
    (home / "models").symlink_to(usual.models.resolve(), target_is_directory=True)
    bench = build_workbench(usual.model_copy(update={"home": home, "engine": "local"}))
    create_study(bench, describe_study("Kills", study_id=STUDY))
    return bench


def _ask(bench: Workbench, desk: DurableDesk) -> list[str]:
    sent = [(path.relative_to(SAMPLE).as_posix(), path.open("rb")) for path in SAMPLE.rglob("*") if path.is_file()]
    upload = keep_upload(bench.settings, STUDY, sent, UploadWishes(), 10**9)
    for _, stream in sent:
        stream.close()
    return [desk.start(JobKind.INGEST, STUDY, upload=upload.id).id, desk.start(JobKind.RUN, STUDY).id]


def _worker(home: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DRAMATIS_HOME": str(home), "DRAMATIS_ENGINE": "local"}
    command = [sys.executable, "-m", "app.main", "worker"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)
