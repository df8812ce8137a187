"""Coding: what the participants' words are evidence of. Read by the engine, saved batch by batch."""

from collections.abc import Sequence

from app.engines.base import Interview
from app.errors import InsufficientEvidence
from app.models.codebook import Codebook
from app.models.evidence import Evidence
from app.progress import Progress, Silent
from app.workbench import Workbench
from retrieval.evidence import SourceKind
from retrieval.splitting import split_sentences


def code_study(bench: Workbench, study_id: str, progress: Progress | None = None) -> int:
    """Code every interview of the study; returns how many pieces of evidence there are.

    Raises NotFound for an unknown study, InsufficientEvidence where no interview was imported.
    """
    bench = bench.for_study(study_id)
    interviews = load_interviews(bench, study_id)
    progress = progress or Silent()
    progress.start("Coding", len(interviews))
    size = bench.engine.at_once
    for first in range(0, len(interviews), size):
        _code_batch(bench, study_id, interviews[first : first + size], progress)
    with bench.store.transaction() as tx:
        return tx.evidence.count(study_id)


def load_interviews(bench: Workbench, study_id: str) -> list[Interview]:
    """The study's interviews with their sentences, by name."""
    with bench.store.transaction() as tx:
        sources = [one for one in tx.sources.all(study_id) if one.kind is SourceKind.INTERVIEW]
    if not sources:
        raise InsufficientEvidence("coding", 0, 1, f"Import interviews first: dramatis ingest {study_id} FOLDER")
    return [Interview(source, split_sentences(source)) for source in sources]


def _code_batch(bench: Workbench, study_id: str, batch: list[Interview], progress: Progress) -> None:
    found = bench.engine.code(batch, bench.codebook, bench.study(study_id).purpose)
    with bench.store.transaction() as tx:
        for interview, evidence in zip(batch, found, strict=True):
            tx.evidence.replace(study_id, interview.source.id, in_codebook(evidence, bench.codebook))
            progress.advance()


def in_codebook(evidence: Sequence[Evidence], codebook: Codebook) -> list[Evidence]:
    """The evidence with the codes that the study's codebook has; what is left without any goes.

    The local engine knows the codes it was trained on. A study that replaced its codebook may have fewer of
    them; codes of its own it leaves to people.
    """
    known = set(codebook.ids)
    kept = [(one, {code: value for code, value in one.codes.items() if code in known}) for one in evidence]
    return [
        one.model_copy(update={"codes": codes, "firm": [code for code in one.firm if code in known]})
        for one, codes in kept
        if codes
    ]
