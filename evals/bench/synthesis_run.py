"""One size of bench `synthesis`, in a process of its own: the whole pipeline over a folder of interviews.

    python -m evals.bench.synthesis_run FOLDER HOME

Prints JSON: for each step its seconds by the clock (`STEP`) and of the processor (`STEP processor`), the most
memory held until its end (`STEP memory`, MB), and how much of everything came out.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.exports.writing import publish
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.settings import Settings
from app.synthesis.casting import load_cast
from app.synthesis.coding import code_study
from app.synthesis.personas import draft_study
from app.synthesis.segments import segment_study
from app.synthesis.themes import find_themes
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.bench.machine import peak_memory
from retrieval.embeddings import MiniLM

STUDY = "synthesis"
STEPS = ("import", "code", "themes", "segment", "draft", "cast", "publish")

Figures = dict[str, float]


def run_pipeline(bench: Workbench, folder: Path) -> Figures:
    """Everything from files to files. A study without personas is published as it is."""
    figures: Figures = {}
    create_study(bench, describe_study("Synthesis", study_id=STUDY))
    with _measured(figures, "import"):
        ingest(bench, STUDY, [folder])
    with _measured(figures, "code"):
        code_study(bench, STUDY)
    with _measured(figures, "themes"):
        themes = find_themes(bench, STUDY)
    with _measured(figures, "segment"):
        segment_study(bench, STUDY)
    with _measured(figures, "draft"):
        draft_study(bench, STUDY)
    with _measured(figures, "cast"):
        cast = load_cast(bench, STUDY)
    with _measured(figures, "publish"):
        publish(bench, cast)
    with bench.store.transaction() as tx:
        evidence = tx.evidence.count(STUDY)
    return figures | {"evidence": evidence, "themes found": len(themes), "personas": len(cast.personas)}


@contextmanager
def _measured(figures: Figures, step: str) -> Iterator[None]:
    start, busy = time.perf_counter(), time.process_time()
    yield
    figures[step] = time.perf_counter() - start
    figures[f"{step} processor"] = time.process_time() - busy
    figures[f"{step} memory"] = peak_memory()


def main(folder: Path, home: Path) -> None:
    """The embedder is built before, once a machine; vectors are kept in `home`, so that nothing is known yet."""
    settings = Settings(home=home, engine="local")
    bench = build_workbench(settings, embedder=MiniLM(Settings().models, settings.threads, settings.vectors))
    print(json.dumps(run_pipeline(bench, folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
