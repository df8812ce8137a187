"""The index is a copy of the store."""

from pathlib import Path

from app.intake.ingest import ingest
from app.intake.reindexing import reindex
from app.workbench import Workbench


def test_reindexing_ends_with_the_same_answers(bench: Workbench, study: str, flowline: Path) -> None:
    ingest(bench, study, [flowline / "transcripts" / "P01.txt", flowline / "transcripts" / "P03.txt"])
    query = bench.embedder.encode(["old systems that cannot be changed"])[0]
    before = bench.index.search(study, query, 10)
    bench.index.drop(study)
    assert bench.index.count(study) == 0
    assert reindex(bench, study) == bench.index.count(study)
    assert [hit.id for hit in bench.index.search(study, query, 10)] == [hit.id for hit in before]
