"""Reindexing: the index is a copy, and can always be made again from the store."""

from app.progress import Progress, Silent, each
from app.workbench import Workbench

BATCH = 512


def reindex(bench: Workbench, study_id: str, progress: Progress | None = None) -> int:
    """Drop the study's vectors and embed every stored excerpt again; returns how many there are."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        excerpts = tx.excerpts.all(study_id)
    bench.index.drop(study_id)
    batches = [excerpts[first : first + BATCH] for first in range(0, len(excerpts), BATCH)]
    for batch in each(progress or Silent(), "Indexing", batches):
        bench.index.add(study_id, batch, bench.embedder.encode([one.text for one in batch]))
    return len(excerpts)
