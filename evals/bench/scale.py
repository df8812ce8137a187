"""Bench `scale`: how import, search, memory and disk grow with the study.

    python -m evals.bench.scale                          1,000, 10,000 and 100,000 excerpts
    python -m evals.bench.scale --size 1000000           on demand: some two hours

Vectors are precomputed, so that what grows is the evidence room and not the reading; what the reading itself
costs is measured on a smaller study with the real embedder. Draws scale.svg beside RESULTS.md.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from app.settings import Settings
from evals.bench.loglog import Line, draw
from evals.bench.scale_corpus import real_vectors, write_corpus
from evals.bench.scale_run import KINDS, SHARES, Figures
from evals.bench.section import Section, met, table

TITLE = "Scale"
SIZES = (1_000, 10_000, 100_000)
GOAL_AT = 100_000
# Up to here the import is done a second time without an index, to see what it holds itself.
MOST_WITHOUT_INDEX = 10_000
EMBEDDED = 1_000
CHART = Path(__file__).parent / "scale.svg"
FILTERED = [f"{who}, {share}" for who in ("index", "retriever") for share in SHARES]

Measured = dict[int, Figures]


def run(sizes: tuple[int, ...] = SIZES, embedded: int = EMBEDDED, chart: Path = CHART) -> Section:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        real_vectors(Settings().models, folder / "vectors.npy")
        measured = {size: _measure(folder, size) for size in sizes}
        reading = _overhead(folder, embedded)
    return report(measured, reading, embedded, chart)


def report(measured: Measured, reading: Figures, embedded: int, chart: Path) -> Section:
    """The section, and the chart beside it."""
    section = Section(TITLE, "python -m evals.bench.scale")
    chart.write_text(_chart(measured), encoding="utf-8")
    section.say(_table(measured), _latencies(measured), f"![how it grows]({chart.name})")
    section.say(_notes(reading, embedded), _goals(measured, reading))
    section.skipped += [f"{size:,} excerpts: not in this run." for size in SIZES if size not in measured]
    return section


def _measure(folder: Path, size: int) -> Figures:
    """All figures of one size; its files are removed before the next."""
    write_corpus(folder / str(size) / "corpus", size)
    figures = _run("ingest", folder, size) | _run("reopen", folder, size)
    if size <= MOST_WITHOUT_INDEX:
        figures |= _run("without_index", folder, size)
    return figures


def _overhead(folder: Path, size: int) -> Figures:
    write_corpus(folder / f"read-{size}" / "corpus", size)
    return _run("overhead", folder, size, f"read-{size}")


def _run(name: str, folder: Path, size: int, place: str = "") -> Figures:
    command = [sys.executable, "-m", "evals.bench.scale_run", name, str(folder / (place or str(size))), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _table(measured: Measured) -> str:
    heads = [
        "excerpts", "imported a second", "memory of the import, MB", "of it held before, MB",
        "memory without an index, MB", "disk, MB", "opened again, s", "first question, s", "reindexed a second",
    ]  # fmt: skip
    names = (
        "ingest_rate", "memory", "memory_before", "memory_without_index", "disk", "open", "first_query", "reindex_rate",
    )  # fmt: skip
    return table(heads, [[f"{size:,}", *map(one.get, names)] for size, one in measured.items()])


def _latencies(measured: Measured) -> str:
    """A row for each kind of question; p50 and p95 by the clock and by the processor, for each size."""
    names = ["index", *FILTERED[: len(SHARES)], "retriever", *FILTERED[len(SHARES) :]]
    words = ["first", *[f"{kind}p{part}" for kind in KINDS for part in (50, 95)]]
    heads = ["one question, ms", *words]
    said = (
        "`index` is the search by meaning, with what the store says of whose excerpts may be found; `retriever` is "
        "the whole of it: meaning, words, weighing, balancing, what was said around. `first` is the first question of "
        "its row: in the rows of the index it includes finding who is in the scope, which is remembered for all later "
        "ones. Of each of them the quickest of three askings counts; `processor` is the time the processor spent on "
        "it, whatever else ran on the machine."
    )
    tables = [
        f"{size:,} excerpts:\n\n"
        + table(heads, [[name, *[one[f"{name}: {word}"] for word in words]] for name in names])
        for size, one in measured.items()
    ]
    return "\n\n".join([said, *tables])


def _chart(measured: Measured) -> str:
    def line(name: str) -> Line:
        return [(float(size), one[name]) for size, one in measured.items() if one.get(name)]

    def asked(who: str) -> dict[str, Line]:
        shares = ("", ", one person", ", a tenth of the people", ", half of the people")
        return dict(
            zip(("all", "one person", "a tenth", "half"), (line(f"{who}{one}: p95") for one in shares), strict=True)
        )

    return draw(
        {
            "Imported, excerpts a second": {"with precomputed vectors": line("ingest_rate")},
            "Search by meaning, p95 in ms": asked("index"),
            "Whole retriever, p95 in ms": asked("retriever"),
            "Megabytes": {"memory": line("memory"), "disk": line("disk")},
            "Opened again, seconds": {"open": line("open"), "first question": line("first_query")},
        },
        "excerpts",
    )


def _notes(reading: Figures, size: int) -> str:
    return (
        f"With the real embedder, {size:,} excerpts: import {reading['ingest']:.1f} s, of it embedding "
        f"{reading['embedding_within']:.1f} s; embedding the same {reading['texts']:,.0f} texts alone "
        f"{reading['embedding']:.1f} s."
    )


def _goals(measured: Measured, reading: Figures) -> str:
    ratio = reading["ingest"] / reading["embedding"]
    same = [one["reindex_same"] for one in measured.values() if "reindex_same" in one]
    return "\n".join([
        _quickness(measured, "index", "filtered search by meaning"),
        _quickness(measured, "retriever", "the whole retriever, filtered,"),
        met("import at most 1.25 times as long as embedding alone", ratio, ratio <= 1.25),
        *_memory_goal(measured),
        met("every vector the same after a reindex", min(same, default=0.0), bool(same) and min(same) == 1.0),
    ])  # fmt: skip


def _quickness(measured: Measured, who: str, what: str) -> str:
    """A smaller study says nothing of the goal."""
    goal = f"{what} at {GOAL_AT:,} excerpts within 50 ms of the processor, p95"
    most = GOAL_AT if GOAL_AT in measured else max(measured)
    names = [name for name in FILTERED if name.startswith(who)]
    slowest = max(measured[most][f"{name}: processor p95"] for name in names)
    clock = max(measured[most][f"{name}: p95"] for name in names)
    if most == GOAL_AT:
        return f"{met(goal, slowest, slowest <= 50)}; by the clock {clock:.1f} ms"
    return f"- **not measured**: {goal} (at {most:,} it took {slowest:.1f} ms)"


def _memory_goal(measured: Measured) -> list[str]:
    """The import itself; Chroma holds its graph of all vectors in memory besides, which the table shows."""
    held = [one["memory_without_index"] for one in measured.values() if "memory_without_index" in one]
    if len(held) < 2:
        return []
    more = held[-1] / held[0]
    return [met("memory of the import, index apart, within 1.1 times for ten times as much", more, more <= 1.1)]


def main(size: Annotated[list[int] | None, typer.Option(help="How many excerpts; may be repeated.")] = None) -> None:
    """Print the section and draw the chart."""
    print(run(tuple(size) if size else SIZES).markdown())


if __name__ == "__main__":
    typer.run(main)
