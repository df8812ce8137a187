"""Sample studies that come with the repository, imported afresh each time."""

from app import DATA
from app.errors import BadInput, NotFound
from app.intake.ingest import IngestReport, ingest
from app.intake.studies import create_study, delete_study, describe_study
from app.progress import Progress
from app.workbench import Workbench

SAMPLES = DATA / "sample"


def sample_names() -> list[str]:
    return sorted(folder.name for folder in SAMPLES.iterdir() if (folder / "study.yaml").exists())


def import_sample(bench: Workbench, name: str, progress: Progress | None = None) -> IngestReport:
    """Make the study `name` of the sample folder, replacing an earlier import of it.

    NotFound where there is no such sample, BadInput where the user has a study of that name.
    """
    if name not in sample_names():
        raise NotFound("sample study", name, f"Choose one of: {', '.join(sample_names())}")
    with bench.store.transaction() as tx:
        known = tx.studies.get(name)
    sample = describe_study("", study_id=name, from_file=SAMPLES / name / "study.yaml")
    if known and known != sample:
        raise BadInput(f"There is a study “{name}” of your own. Delete it first: dramatis study delete {name}.")
    # Whatever is missing must be found before anything is deleted.
    bench.embedder.encode(["ready"])
    if known:
        delete_study(bench, name)
    create_study(bench, sample)
    return ingest(bench, name, [SAMPLES / name], progress=progress)
