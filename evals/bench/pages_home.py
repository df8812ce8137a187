"""The home of bench `pages`: a study with ten times the participants of flowline, run once by the local engine.

python -m evals.bench.pages_home HOME        makes it there, unless it is there already
"""

import csv
import shutil
import sys
from pathlib import Path

from app.briefs.choosing import choose
from app.briefs.ground import load_ground
from app.briefs.writing import draft_briefs, keep
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.models.brief import BriefRequest, Stage
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.bench.synthesis_corpus import write_interviews
from evals.bench.texts import SAMPLE

STUDY = "flowline"
PEOPLE = 180
# So many of the sample's people were interviewed; a larger study takes after them in turn.
DONORS = 17
DONE = "pages-are-ready"


def make_home(home: Path, people: int = PEOPLE) -> None:
    """Import and run the study in `home`, which shares the built models of the usual one. Takes minutes, once."""
    if (home / DONE).is_file():
        return
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    usual = Settings()
    usual.models.mkdir(parents=True, exist_ok=True)
    (home / "models").symlink_to(usual.models.resolve(), target_is_directory=True)
    interviews = home / "interviews"
    write_interviews(interviews, people, (STUDY,))
    own_accounts(interviews / "participants.csv")
    shutil.copy(SAMPLE / STUDY / "crm.csv", interviews)
    bench = build_workbench(usual.model_copy(update={"home": home, "engine": "local"}))
    create_study(bench, describe_study("", study_id=STUDY, from_file=SAMPLE / STUDY / "study.yaml"))
    ingest(bench, STUDY, [interviews])
    run_study(bench, STUDY)
    _write_brief(bench)
    bench.store.close()
    (home / DONE).touch()


def own_accounts(people: Path) -> None:
    """Ten times the people come from ten times the accounts: nobody interviews thirty people of one."""
    with people.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for number, row in enumerate(rows):
        if row["account"] and (copy := number // DONORS):
            row["account"] += f" {copy + 1}"
    with people.open("w", encoding="utf-8", newline="") as out:
        written = csv.DictWriter(out, list(rows[0]))
        written.writeheader()
        written.writerows(rows)


def _write_brief(bench: Workbench) -> None:
    ground = load_ground(bench, STUDY)
    request = BriefRequest(study_id=STUDY, persona=ground.cast.macros[0].id, stage=Stage.TOP)
    for brief in draft_briefs(ground, [choose(ground, request)]):
        keep(ground, brief)


if __name__ == "__main__":
    make_home(Path(sys.argv[1]))
