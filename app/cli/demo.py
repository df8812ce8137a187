"""dramatis demo: the whole job on a sample study, from files to playbook."""

import time
from typing import Annotated

import typer

from app.cli.bench import open_bench, progress_bar
from app.cli.options import OutOption
from app.cli.output import say


def demo(
    study: Annotated[str, typer.Option(help="`ai_at_work` (real interviews) or `flowline` (invented).")] = "ai_at_work",
    out: OutOption = None,
) -> None:
    """Turn a sample study into personas: read, code, segment, draft, and write a playbook."""
    from app.cli.tables import tell_cast, tell_run
    from app.exports.writing import publish
    from app.intake.sample import import_sample
    from app.synthesis.casting import load_cast, peak_memory_mb, run_study

    began = time.perf_counter()
    bench = open_bench()
    with progress_bar() as progress:
        report = import_sample(bench, study, progress)
        record = run_study(bench, study, progress=progress)
    cast = load_cast(bench, study)
    tell_cast(cast, publish(bench, cast, out))
    if report.withheld:
        say(f"Withheld: {'; '.join(report.withheld)}.")
    tell_run(record)
    say(f"Demo took {time.perf_counter() - began:.1f} s and {peak_memory_mb():.0f} MB at most.")
    say(f'Next: dramatis ask {study} "what do people worry about?"')
