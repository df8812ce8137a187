"""Studies: make, list, look at, delete."""

import re
import unicodedata
from pathlib import Path

import yaml
from pydantic import ValidationError

from app.errors import BadInput
from app.intake.copies import forget_copies
from app.intake.originals import drop_originals, drop_results
from app.intake.uploads import drop_uploads
from app.models.base import Model
from app.models.run import Run
from app.models.study import Study
from app.workbench import Workbench

ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


class StudyStatus(Model):
    """How far a study has come, and its last run where there was one."""

    study: Study
    sources: int
    participants: int
    evidence: int
    themes: int
    segments: int
    personas: int
    last_run: Run | None = None

    def lines(self) -> list[tuple[str, str]]:
        counts = self.model_dump(exclude={"study", "last_run"})
        frame = [("Id", self.study.id), ("Product area", self.study.product_area)]
        frame.append(("Question", self.study.research_question))
        return frame + [(name.capitalize(), str(count)) for name, count in counts.items()]


def describe_study(name: str, *, study_id: str | None = None, from_file: Path | None = None, **frame: str) -> Study:
    """A study from what the user gave; BadInput where the id or the file cannot be used."""
    known = _read(from_file) if from_file else {}
    given = {key: value for key, value in frame.items() if value}
    chosen = study_id or slug(name)
    if not ID.fullmatch(chosen):
        raise BadInput(
            f"“{chosen}” cannot be a study's id: use small letters, digits, - and _, e.g. --id spring-study."
        )
    try:
        return Study(**{**known, **given, "name": name or known.get("name", chosen), "id": chosen})
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"{from_file}: {first['loc'][0]}: {first['msg']}. Mend the file and try again.") from error


def slug(name: str) -> str:
    """The name in small ASCII letters with hyphens: "Spring Study: Köln" → "spring-study-koln"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", plain.lower()).strip("-")[:63]


def _read(path: Path) -> dict[str, str]:
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{path}: this study file cannot be read. It must be YAML in UTF-8.") from error
    if not isinstance(read, dict) or not all(isinstance(key, str) for key in read):
        raise BadInput(f"{path}: a study file holds `name: …`, `product: …` and so on, a line each.")
    return read


def create_study(bench: Workbench, study: Study) -> None:
    """Add the study; BadInput where its id is taken."""
    with bench.store.transaction() as tx:
        if tx.studies.get(study.id):
            raise BadInput(f"There is a study “{study.id}” already. Choose another id with --id, or delete it first.")
        tx.studies.save(study)


def list_studies(bench: Workbench) -> list[Study]:
    with bench.store.transaction() as tx:
        return tx.studies.all()


def study_status(bench: Workbench, study_id: str) -> StudyStatus:
    study = bench.study(study_id)
    with bench.store.transaction() as tx:
        tree = tx.results.tree(study_id)
        return StudyStatus(
            study=study,
            sources=tx.sources.count(study_id),
            participants=len(tx.participants.all(study_id)),
            evidence=tx.evidence.count(study_id),
            themes=len(tx.results.themes(study_id)),
            segments=len(tree.segments) if tree else 0,
            personas=len(tx.results.personas(study_id)),
            last_run=next(iter(tx.results.runs(study_id)), None),
        )


def delete_study(bench: Workbench, study_id: str) -> None:
    """Remove the study from store, index, kept vectors and files, and what was published in the home folder."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        sources = tx.sources.ids_by_import(study_id)
        tx.studies.delete(study_id)
    bench.index.drop(study_id)
    forget_copies(bench, sources)
    drop_originals(bench.settings, study_id)
    drop_uploads(bench.settings, study_id)
    drop_results(bench.settings, study_id)
