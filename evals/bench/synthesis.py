"""Bench `synthesis`: the whole pipeline, from files to playbook, over more and more interviews.

    python -m evals.bench.synthesis                       18, 55, 110 and 220 interviews
    python -m evals.bench.synthesis --size 18 --size 55

18 are the sample's own; larger studies give the sample's answers to people there are not (`synthesis_corpus`), so
that sentences come again, and what is kept of their vectors spares the import some work: it grows a little less
than with interviews all new. Draws synthesis.svg beside RESULTS.md.
"""

import json
import subprocess
import sys
import tempfile
from math import log
from pathlib import Path
from typing import Annotated

import typer

from app.settings import Settings
from evals.bench.loglog import Line, draw
from evals.bench.section import Section, met, table
from evals.bench.synthesis_corpus import write_interviews
from evals.bench.synthesis_run import STEPS, Figures
from evals.bench.texts import SAMPLE
from retrieval.embeddings import MiniLM

TITLE = "Synthesis"
OWN = 18
SIZES = (OWN, 55, 110, 220)
MOST_SECONDS = {OWN: 45, 220: 480}
MOST_MEMORY = 2000
# Growth is measured between studies made alike.
FROM, TO = 55, 220
# Other work on the machine disturbs; so does what starts once.
DISTURBED = 1.1
CHART = Path(__file__).parent / "synthesis.svg"
LINES = ("import", "code", "themes", "segment"), ("draft", "cast", "publish")

Measured = dict[int, Figures]


def run(sizes: tuple[int, ...] = SIZES, chart: Path = CHART) -> Section:
    MiniLM(Settings().models).encode(["ready"])
    with tempfile.TemporaryDirectory() as name:
        return report({size: measure(Path(name) / str(size), size) for size in sizes}, chart)


def measure(folder: Path, size: int) -> Figures:
    """One size in a process of its own."""
    interviews = folder / "interviews"
    if size == OWN:
        interviews = SAMPLE / "flowline"
    else:
        write_interviews(interviews, size)
    command = [sys.executable, "-m", "evals.bench.synthesis_run", str(interviews), str(folder / "home")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def report(measured: Measured, chart: Path) -> Section:
    """The section, and the chart beside it."""
    section = Section(TITLE, "python -m evals.bench.synthesis")
    chart.write_text(_chart(measured), encoding="utf-8")
    section.say(_table(measured), f"![how it grows]({chart.name})", _notes(measured), _goals(measured))
    section.skipped += [f"{size:,} interviews: not in this run." for size in SIZES if size not in measured]
    return section


def total(one: Figures, kind: str = "") -> float:
    return sum(one[f"{step}{kind}"] for step in STEPS)


def memory(one: Figures) -> float:
    return max(one[f"{step} memory"] for step in STEPS)


def _table(measured: Measured) -> str:
    heads = ["interviews", *STEPS, "all, s", "processor, s", "peak memory, MB", "evidence", "themes", "personas"]
    rows = [
        [f"{size:,}", *[one[step] for step in STEPS], total(one), total(one, " processor"), memory(one)]
        + [int(one[name]) for name in ("evidence", "themes found", "personas")]
        for size, one in measured.items()
    ]
    return "Seconds a step by the clock:\n\n" + table(heads, rows)


def _chart(measured: Measured) -> str:
    def line(name: str) -> Line:
        return [(float(size), one[name]) for size, one in measured.items() if one[name]]

    panels: dict[str, dict[str, Line]] = {
        "Seconds of the processor": {step: line(f"{step} processor") for step in LINES[0]},
        "Seconds of the processor, later steps": {step: line(f"{step} processor") for step in LINES[1]},
        "All steps, seconds": {
            "by the clock": [(float(size), total(one)) for size, one in measured.items()],
            "of the processor": [(float(size), total(one, " processor")) for size, one in measured.items()],
        },
        "Peak memory, megabytes": {"memory": [(float(size), memory(one)) for size, one in measured.items()]},
    }
    return draw(panels, "interviews")


def _notes(measured: Measured) -> str:
    """Where most of the largest study's time goes."""
    size, one = max(measured.items())
    slowest = sorted(STEPS, key=lambda step: -one[f"{step} processor"])[:3]
    shares = [f"{step} {one[f'{step} processor'] / total(one, ' processor'):.0%}" for step in slowest]
    return f"Of the processor's time at {size:,} interviews: {', '.join(shares)}."


def growth(few: int, many: int) -> float:
    """How much more n log n is for `many` than for `few`."""
    return many * log(many) / (few * log(few))


def _goals(measured: Measured) -> str:
    lines = [
        met(f"{size:,} interviews within {most} s", total(measured[size]), total(measured[size]) <= most)
        for size, most in MOST_SECONDS.items()
        if size in measured
    ]
    if TO in measured:
        held = memory(measured[TO])
        lines.append(met(f"{TO:,} interviews within {MOST_MEMORY:,} MB", held, held <= MOST_MEMORY))
    if FROM in measured and TO in measured:
        more = total(measured[TO], " processor") / total(measured[FROM], " processor")
        most = DISTURBED * growth(FROM, TO)
        goal = f"from {FROM} to {TO} interviews the processor's time grows no faster than n log n, {most:.2f} times"
        lines.append(met(goal, more, more <= most))
    return "\n".join(lines)


def main(size: Annotated[list[int] | None, typer.Option(help="How many interviews; may be repeated.")] = None) -> None:
    """Print the section and draw the chart."""
    print(run(tuple(size) if size else SIZES).markdown())


if __name__ == "__main__":
    typer.run(main)
