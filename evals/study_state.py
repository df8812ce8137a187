"""The state of a study: everything that an import and a run leave behind, as one comparable value. Two homes in which
the same was done agree in it, however often one of them was interrupted."""

from collections.abc import Sequence

from app.models.base import Model
from app.synthesis.casting import load_cast
from app.workbench import Workbench
from retrieval.evidence import sha256


class StudyState(Model):
    """Counts, in which anything doubled or lost shows at once, and digests of the rest. Clock times are in none."""

    sources: int
    participants: int
    excerpts: int
    vectors: int
    evidence: int
    themes: int
    segments: int
    personas: int
    versions: int
    runs: int
    originals: int
    words: str
    coded: str
    cast: str


def study_state(bench: Workbench, study_id: str) -> StudyState:
    """The state as it is in store, index and kept files."""
    cast = load_cast(bench, study_id)
    with bench.store.transaction() as tx:
        sources, evidence = tx.sources.all(study_id), tx.evidence.all(study_id)
        people = tx.participants.all(study_id)
        excerpts = [one for source in sources for one in tx.excerpts.of_source(study_id, source.id)]
        versions, runs = tx.results.versions(study_id), tx.results.runs(study_id)
    return StudyState(
        sources=len(sources),
        participants=len(people),
        excerpts=len(excerpts),
        vectors=bench.index.count(study_id),
        evidence=len(evidence),
        themes=len(cast.themes),
        segments=len(cast.segments.segments),
        personas=len(cast.personas),
        versions=len(versions),
        runs=len(runs),
        originals=sum(1 for _ in (bench.settings.files / study_id).glob("*")),
        words=_digest([*sources, *people, *excerpts]),
        coded=_digest(evidence),
        cast=_digest([cast]),
    )


def _digest(nouns: Sequence[Model]) -> str:
    return sha256("\n".join(one.model_dump_json() for one in nouns))[:16]
