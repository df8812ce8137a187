"""Bench `startup`: how long `dramatis serve` takes from its start to the first page, and how long `--help` takes.

Each start is a process of its own on a home with the sample study's database. What the processor spent is told beside
the clock: other work on the machine stretches the one and hardly the other.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.intake.sample import import_sample
from app.settings import Settings
from app.wiring import build_workbench
from evals.bench.section import Section, met, table
from evals.bench.serving import served

TITLE = "Start-up"
ROUNDS = 7
PAGE_WITHIN, HELP_WITHIN = 2.0, 0.3


class Start(NamedTuple):
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float


def run() -> Section:
    section = Section(TITLE, "python -m evals.bench startup")
    with TemporaryDirectory(prefix="dramatis-startup-") as folder:
        home = Path(folder) / "home"
        _make(home)
        pages = [_timed(lambda: _first_page(home)) for _ in range(ROUNDS + 1)][1:]
    helps = [_timed(_help) for _ in range(ROUNDS + 1)][1:]
    page, told = _median(pages), _median(helps)
    section.say(
        f"The median of {ROUNDS} starts; one before them warmed the files.",
        table(
            ["", "by the clock, s", "of the processor, s"],
            [["`dramatis serve`, to its first page", *page], ["`dramatis --help`, to its end", *told]],
        ),
        "\n".join(
            [
                met(f"the first page within {PAGE_WITHIN:.0f} s", page.clock, page.clock <= PAGE_WITHIN),
                met(f"help within {HELP_WITHIN} s", told.clock, told.clock <= HELP_WITHIN),
            ]
        ),
    )
    return section


def _make(home: Path) -> None:
    """The sample study, imported, on a home that shares the built models of the usual one."""
    usual = Settings()
    usual.models.mkdir(parents=True, exist_ok=True)
    home.mkdir()
    (home / "models").symlink_to(usual.models.resolve(), target_is_directory=True)
    bench = build_workbench(usual.model_copy(update={"home": home, "engine": "local"}))
    import_sample(bench, "flowline")
    bench.store.close()
    shutil.rmtree(home / "workers", ignore_errors=True)


def _timed(work: Callable[[], float]) -> Start:
    """The work says how long it took by the clock; the processor's time is that of the children that ended in it."""
    before = os.times()
    clock = work()
    after = os.times()
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return Start(clock, spent)


def _first_page(home: Path) -> float:
    """From the start of the process until the first page was answered; then it is told to stop."""
    began = time.perf_counter()
    with served(home):
        return time.perf_counter() - began


def _help() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "app.main", "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _median(starts: list[Start]) -> Start:
    return Start(median(one.clock for one in starts), median(one.processor for one in starts))
