"""Bench `rows`: whether a table of a million rows streams, that is takes no more memory than one of a thousand.

python -m evals.bench.rows                       the section, each size in a process of its own
python -m evals.bench.rows read FILE             one reading; prints JSON
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evals.bench.machine import peak_memory
from evals.bench.section import Section, met, table
from retrieval.readers import open_tables

TITLE = "A table of a million rows"
SIZES = (1_000, 1_000_000)
MOST_MORE = 1.1


def run(sizes: tuple[int, ...] = SIZES) -> Section:
    section = Section(TITLE, "python -m evals.bench.rows")
    with tempfile.TemporaryDirectory() as folder:
        figures = [read_apart(write_csv(Path(folder) / f"{size}.csv", size)) for size in sizes]
    rows = [[f"{one['rows']:,.0f}", one["megabytes"], one["seconds"], one["memory"]] for one in figures]
    section.say(table(["rows", "file, MB", "read in, s", "peak memory, MB"], rows))
    more = figures[-1]["memory"] / figures[0]["memory"]
    goal = f"memory for {sizes[-1]:,} rows within {MOST_MORE} times that for {sizes[0]:,}"
    section.say(met(goal, more, more <= MOST_MORE))
    return section


def write_csv(file: Path, rows: int) -> Path:
    """Invented notes on invented pallets."""
    with file.open("w", encoding="utf-8") as out:
        out.write("Ticket ID,Participant,Date,Subject,Note\n")
        for number in range(rows):
            day, who = number % 28 + 1, number % 5000
            out.write(
                f'{number},P{who:04},2024-03-{day:02},Scanner {number},"It forgot pallet {number}, so we count."\n'
            )
    return file


def read_apart(file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "evals.bench.rows", "read", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def read(file: Path) -> dict[str, float]:
    """Go through all rows once."""
    start = time.perf_counter()
    rows = sum(1 for one in open_tables(file) for _ in one.records())
    seconds = time.perf_counter() - start
    return {"rows": rows, "seconds": seconds, "memory": peak_memory(), "megabytes": file.stat().st_size / 1e6}


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[2]))) if sys.argv[1:2] == ["read"] else run().markdown())
