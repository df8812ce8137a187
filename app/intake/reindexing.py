"""Reindexing: the index is a copy, and can always be made again from the store."""

from collections.abc import Iterable, Iterator

from app.progress import Progress, Silent, each
from app.workbench import Workbench
from retrieval.contexts import embed_excerpts
from retrieval.evidence import Excerpt, Source

BATCH = 512


def reindex(bench: Workbench, study_id: str, progress: Progress | None = None) -> int:
    """Drop the study's vectors and embed every stored excerpt again; returns how many there are."""
    bench.study(study_id)
    bench.index.drop(study_id)
    with bench.store.transaction() as tx:
        sources = [source.id for source in tx.sources.each(study_id)]
    for batch in _batches(bench, study_id, each(progress or Silent(), "Indexing", sources)):
        bench.index.add(study_id, [one for _, some in batch for one in some], embed_excerpts(batch, bench.finder))
    return bench.index.count(study_id)


def _batches(bench: Workbench, study_id: str, sources: Iterable[str]) -> Iterator[list[tuple[Source, list[Excerpt]]]]:
    """Sources with their excerpts, some 512 excerpts at a time."""
    batch: list[tuple[Source, list[Excerpt]]] = []
    for source_id in sources:
        with bench.store.transaction() as tx:
            source, excerpts = tx.sources.get(study_id, source_id), tx.excerpts.of_source(study_id, source_id)
        if source is not None:
            batch.append((source, excerpts))
        if sum(len(some) for _, some in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
