"""dramatis ingest | draft | run: the main job, step by step or at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench, progress_bar
from app.cli.options import BudgetOption, JsonOption, OutOption, SegmentsOption, StudyArg
from app.cli.output import print_json, say

if TYPE_CHECKING:
    from app.intake.ingest import IngestReport


def ingest(
    study: StudyArg,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, zips or projects (.qdpx).")],
    kind: Annotated[str | None, typer.Option(help="`interview` or `note` (default: told from the folder).")] = None,
    interviewer: Annotated[str | None, typer.Option(help="The interviewer's label in the transcripts.")] = None,
    same: Annotated[
        list[str] | None, typer.Option(metavar="LABEL=LABEL", help="Two labels of one speaker, the one to keep last.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What a table's column is: note, account, question, role …"),
    ] = None,
    participants: Annotated[Path | None, typer.Option(help="The participants table, if not in the folder.")] = None,
    report: Annotated[bool, typer.Option("--report", help="List every repair made while reading.")] = False,
    json: JsonOption = False,
) -> None:
    """Import transcripts, notes and tables; a bad file is reported at the end and the rest is imported."""
    from app.cli.coding import tell_stale
    from app.refi.arriving import take_in
    from retrieval.evidence import SourceKind

    if kind not in (None, *SourceKind):
        raise typer.BadParameter("must be `interview` or `note`", param_hint="--kind")
    bench = open_bench()
    with progress_bar() as progress:
        found = take_in(
            bench,
            study,
            paths,
            kind=SourceKind(kind) if kind else None,
            interviewer=interviewer,
            same=_pairs(same, "--same"),
            columns=_pairs(columns, "--map"),
            participants=participants,
            progress=progress,
        )
    print_json(found.as_dict()) if json else _tell(found, repairs=report)
    tell_stale(bench, study)
    if found.refused:
        raise typer.Exit(6)


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    """`A=B` options as a mapping; the last equals sign parts the two, since questions hold some."""
    pairs = {}
    for one in given or []:
        left, sign, right = (part.strip() for part in one.rpartition("="))
        if not (left and sign and right):
            raise typer.BadParameter(f"“{one}” must be written LEFT=RIGHT", param_hint=option)
        pairs[left] = right
    return pairs


def _tell(report: "IngestReport", *, repairs: bool) -> None:
    if not report.refused and not any(report.outcomes().values()):
        say("Nothing to import here.")
    for word, names in report.outcomes().items():
        if names:
            shown = f": {'; '.join(names)}" if word in ("described", "removed", "withheld", "skipped") else ""
            say(f"{word}: {len(names)}{shown}" if not shown else f"{word}: {len(names)} ({'; '.join(names)})")
    for line in [*(f"changed {one}" for one in report.changes), *(f"coding {one}" for one in report.codings)]:
        say(f"  {line}")
    if report.repairs and not repairs:
        say(f"repairs: {len(report.repairs)} (list them with --report)")
    for repair in report.repairs if repairs else []:
        say(f"  repaired {repair}")
    for error in report.refused:
        say(f"Not imported. {error}")


def draft(study: StudyArg, out: OutOption = None, json: JsonOption = False) -> None:
    """Draft a persona for every segment and write personas.json and playbook.html."""
    from app.cli.tables import tell_cast
    from app.exports.writing import publish
    from app.synthesis.casting import load_cast, need_personas
    from app.synthesis.personas import draft_study

    bench = open_bench()
    with progress_bar() as progress:
        draft_study(bench, study, progress)
    cast = load_cast(bench, study)
    written = publish(bench, cast, out)
    print_json(cast) if json else tell_cast(cast, written)
    need_personas(cast)


def run(
    study: StudyArg,
    segments: SegmentsOption = None,
    budget: BudgetOption = None,
    out: OutOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what a language model would be asked.")] = False,
    json: JsonOption = False,
) -> None:
    """The whole job on imported sources: code, themes, segments, personas, files."""
    from app.cli.tables import tell_cast, tell_forecast, tell_run
    from app.exports.writing import publish
    from app.synthesis.casting import forecast_study, load_cast, need_personas, run_study

    bench = open_bench(budget)
    if dry_run:
        forecast = forecast_study(bench, study)
        return print_json(forecast or {}) if json else tell_forecast(bench.engine.name, forecast)
    with progress_bar() as progress:
        record = run_study(bench, study, segments=segments, progress=progress)
    cast = load_cast(bench, study)
    written = publish(bench, cast, out)
    if json:
        print_json(cast)
    else:
        tell_cast(cast, written)
        tell_run(record)
    return need_personas(cast)
