"""One size of bench `scale`, in processes of its own: what they hold in memory is what that size needs.

    python -m evals.bench.scale_run ingest FOLDER EXCERPTS          ingest, then queries, then (if small) reindex
    python -m evals.bench.scale_run reopen FOLDER EXCERPTS          a new process opens the study and asks
    python -m evals.bench.scale_run without_index FOLDER EXCERPTS   ingest alone, what is indexed is thrown away
    python -m evals.bench.scale_run overhead FOLDER EXCERPTS        ingest with the real embedder, and embedding alone

FOLDER holds `corpus` and the home, its parent `vectors.npy`; all print JSON.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from app.intake.ingest import ingest
from app.intake.reindexing import reindex
from app.intake.studies import create_study, describe_study
from app.searching import StudyCatalogue, build_retriever
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.bench.machine import peak_memory
from evals.bench.scale_corpus import TURNS, Precomputed, person
from retrieval.embedder import Vectors
from retrieval.embeddings import MiniLM
from retrieval.evidence import Excerpt
from retrieval.index import Hit
from retrieval.scope import Scope

STUDY = "scale"
QUERIES = 40
# What disturbs the machine disturbs one asking, and seldom all of them.
ASKINGS = 3
ROUNDS = 2
# Of figures: by the clock, and by the processor.
KINDS = ("", "processor ")
LIMIT = 50
# A tenth of the people is a large segment, half of them a macro persona's.
SHARES = {"one person": 0.0, "a tenth of the people": 0.1, "half of the people": 0.5}
# Reindexing the largest would take as long as ingesting it, and shows nothing more.
MOST_REINDEXED = 10_000
AT_ONCE = 500

Figures = dict[str, float]


class Nowhere:
    """An index that keeps nothing."""

    def add(self, study_id: str, excerpts: Sequence[Excerpt], vectors: Vectors) -> None:
        return

    def search(
        self,
        study_id: str,
        vector: Vectors,
        limit: int,
        people: Sequence[str] | None = None,
        *,
        within: Collection[str] | None = None,
    ) -> list[Hit]:
        return []

    def remove(self, study_id: str, ids: Sequence[str]) -> None:
        return

    def drop(self, study_id: str) -> None:
        return

    def scrub(self, study_id: str) -> None: ...

    def count(self, study_id: str) -> int:
        return 0


class Overheard:
    """The real embedder, with what it was given and how long it took."""

    def __init__(self, embedder: MiniLM):
        self.embedder, self.name = embedder, embedder.name
        self.texts: list[str] = []
        self.seconds = 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        start = time.perf_counter()
        vectors = self.embedder.encode(texts)
        self.seconds += time.perf_counter() - start
        return vectors

    def encode_early(self, texts: Sequence[str]) -> Vectors:
        return self.embedder.encode_early(texts)

    def forget(self) -> None:
        self.embedder.forget()


def open_bench(folder: Path) -> Workbench:
    return build_workbench(Settings(home=folder / "home"), embedder=_precomputed(folder))


def _precomputed(folder: Path) -> Precomputed:
    return Precomputed(np.load(folder.parent / "vectors.npy"))


def run_ingest(folder: Path, excerpts: int) -> Figures:
    bench = open_bench(folder)
    create_study(bench, describe_study("Scale", study_id=STUDY))
    before = peak_memory()
    start = time.perf_counter()
    ingest(bench, STUDY, [folder / "corpus"])
    seconds = time.perf_counter() - start
    figures = {"ingest_rate": excerpts / seconds, "memory_before": before, "memory": peak_memory()}
    figures |= {"excerpts": float(bench.index.count(STUDY))} | measure_queries(bench, excerpts)
    figures["disk"] = sum(file.stat().st_size for file in (folder / "home").rglob("*") if file.is_file()) / 1e6
    return figures | (check_reindex(bench) if excerpts <= MOST_REINDEXED else {})


def run_reopen(folder: Path, _excerpts: int) -> Figures:
    start = time.perf_counter()
    bench = open_bench(folder)
    opened = time.perf_counter()
    build_retriever(bench, STUDY, limit=10).search("Which tools do you use, and why?")
    return {"open": opened - start, "first_query": time.perf_counter() - opened}


def run_without_index(folder: Path, _excerpts: int) -> Figures:
    """What the import itself holds in memory: Chroma holds all vectors of a study, however they came there."""
    settings = Settings(home=folder / "home-without-index")
    bench = build_workbench(settings, embedder=_precomputed(folder), index=Nowhere())
    create_study(bench, describe_study("Scale", study_id=STUDY))
    ingest(bench, STUDY, [folder / "corpus"])
    return {"memory_without_index": peak_memory()}


def run_overhead(folder: Path, _excerpts: int) -> Figures:
    """Seconds of an import with the real embedder, and of embedding the same texts alone; the least of all rounds."""
    rounds = [_overhead(folder / f"round-{number}", folder / "corpus") for number in range(ROUNDS)]
    return {name: min(one[name] for one in rounds) for name in rounds[0]}


def _overhead(home: Path, corpus: Path) -> Figures:
    settings = Settings(home=home, models=Settings().models)
    embedder = Overheard(_warm(MiniLM(settings.models, settings.threads, settings.vectors)))
    bench = build_workbench(settings, embedder=embedder)
    create_study(bench, describe_study("Scale", study_id=STUDY))
    start = time.perf_counter()
    ingest(bench, STUDY, [corpus])
    seconds = time.perf_counter() - start
    alone = _warm(MiniLM(settings.models, settings.threads))
    start = time.perf_counter()
    alone.encode(embedder.texts)
    figures = {"ingest": seconds, "embedding": time.perf_counter() - start}
    return figures | {"embedding_within": embedder.seconds, "texts": float(len(embedder.texts))}


def _warm(embedder: MiniLM) -> MiniLM:
    embedder.encode(["ready"])
    return embedder


def measure_queries(bench: Workbench, excerpts: int) -> Figures:
    """p50 and p95 in milliseconds: the index alone, and the whole retriever."""
    people = [person(number) for number in range(-(-excerpts // TURNS))]
    figures = _latencies("index", partial(_search, bench, None)) | _latencies(
        "retriever", partial(_retrieve, bench, None)
    )
    for name, share in SHARES.items():
        some = random.Random(0).sample(people, max(1, int(share * len(people))))  # noqa: S311
        figures |= _latencies(f"index, {name}", partial(_search, bench, some))
        figures |= _latencies(f"retriever, {name}", partial(_retrieve, bench, some))
    return figures


def _search(bench: Workbench, people: list[str] | None, query: str) -> None:
    """By meaning alone; among some people it includes asking the store for what they said."""
    vector = bench.embedder.encode([query])[0]
    within = None
    if people is not None:
        within = StudyCatalogue(bench, STUDY).within(Scope(people=frozenset(people)))
    bench.index.search(STUDY, vector, LIMIT, within=within)


def _retrieve(bench: Workbench, people: list[str] | None, query: str) -> None:
    scope = Scope(people=None if people is None else frozenset(people))
    build_retriever(bench, STUDY, limit=10, scope=scope).search(query)


def _latencies(name: str, ask: Callable[[str], None]) -> Figures:
    """p50 and p95 of the quickest askings, by the clock and by the processor, and what the very first one took."""
    first = _milliseconds(ask, next(queries()))
    rounds = [[_milliseconds(ask, query) for query in queries()] for _ in range(ASKINGS)]
    least = np.min(rounds, axis=0)
    figures = {f"{name}: first": first[0]}
    for column, kind in enumerate(KINDS):
        figures |= {f"{name}: {kind}p{part}": float(np.percentile(least[:, column], part)) for part in (50, 95)}
    return figures


def _milliseconds(ask: Callable[[str], None], query: str) -> tuple[float, float]:
    """By the clock, and of the processor: all threads of this process, and nothing of what else runs."""
    start, busy = time.perf_counter(), time.process_time()
    ask(query)
    return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - busy)


def queries() -> Iterator[str]:
    things = ["reports", "customers", "spreadsheets", "drafts", "meetings", "prices", "contracts", "training"]
    asked = ["What is slow about {}?", "Who decides on {}?", "How do you check {} before they go out?", "Why {}?"]
    for number in range(QUERIES):
        yield asked[number // len(things) % len(asked)].format(things[number % len(things)]) + " " * (number // 32)


def check_reindex(bench: Workbench) -> Figures:
    """Whether every vector is the same after a rebuild, seen from a direction of its own: 1 or 0."""
    before = all_scores(bench)
    start = time.perf_counter()
    reindex(bench, STUDY)
    seconds = time.perf_counter() - start
    return {"reindex_rate": len(before) / seconds, "reindex_same": float(all_scores(bench) == before)}


def all_scores(bench: Workbench) -> dict[str, float]:
    """How near each excerpt is to one fixed direction, compared one by one."""
    with bench.store.transaction() as tx:
        ids = [one.id for one in tx.excerpts.all(STUDY)]
    direction = bench.embedder.encode(["a direction that no excerpt has"])[0]
    parts = [ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)]
    hits = [hit for part in parts for hit in bench.index.search(STUDY, direction, AT_ONCE, within=part)]
    return {hit.id: round(hit.score, 6) for hit in hits}


RUNS = {"ingest": run_ingest, "reopen": run_reopen, "without_index": run_without_index, "overhead": run_overhead}

if __name__ == "__main__":
    print(json.dumps(RUNS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
