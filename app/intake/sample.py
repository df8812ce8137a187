"""Sample studies that come with the repository, imported afresh each time."""

from app import DATA
from app.errors import NotFound
from app.intake.ingest import IngestReport, ingest
from app.intake.studies import create_study, delete_study, describe_study
from app.progress import Progress
from app.workbench import Workbench

SAMPLES = DATA / "sample"


def sample_names() -> list[str]:
    return sorted(folder.name for folder in SAMPLES.iterdir() if (folder / "study.yaml").exists())


def import_sample(bench: Workbench, name: str, progress: Progress | None = None) -> IngestReport:
    """Make the study `name` of the sample folder, replacing an earlier one. NotFound where there is none."""
    if name not in sample_names():
        raise NotFound("sample study", name, f"Choose one of: {', '.join(sample_names())}")
    with bench.store.transaction() as tx:
        known = tx.studies.get(name)
    if known:
        delete_study(bench, name)
    create_study(bench, describe_study("", study_id=name, from_file=SAMPLES / name / "study.yaml"))
    return ingest(bench, name, [SAMPLES / name], progress=progress)
