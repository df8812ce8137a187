"""dramatis outcomes import | list | clear: what became of what was written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, say, show_table

if TYPE_CHECKING:
    from app.models.crm import Estimate

group = typer.Typer(help="Outcomes of what was written, which rank briefs.", no_args_is_help=True)


@group.command("import")
def import_(
    study: StudyArg,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A .csv, .tsv, .xlsx or .json table with asset, persona, stage, impressions and conversions; "
            "period, brief and industry where you have them.",
        ),
    ],
    json: JsonOption = False,
) -> None:
    """Import a table of outcomes, all of it or nothing; the same rows again take the place of the earlier."""
    from app.outcomes.keeping import import_outcomes
    from retrieval.readers.files import load

    done = import_outcomes(open_bench(), study, load(file, file.name), file.name)
    if json:
        return print_json(done._asdict())
    return say(f"{done.rows} outcomes imported, {done.replaced} of them in the place of earlier ones.")


@group.command("list")
def list_(study: StudyArg, json: JsonOption = False) -> None:
    """Show what was measured of each persona at each stage; --json gives every row."""
    from rich.table import Table

    from app.outcomes.keeping import list_outcomes
    from app.outcomes.rates import measure
    from app.synthesis.reviewing import list_personas

    bench = open_bench()
    found = list_outcomes(bench, study)
    if json:
        return print_json([one.model_dump(mode="json") for one in found])
    if not found:
        return say(f"No outcome yet. Import a table with: dramatis outcomes import {study} FILE")
    names = {one.id: one.name for one in list_personas(bench, study)}
    table = Table("Persona", "Stage", "Assets", "Impressions", "Conversions", "Rate", "95 % interval")
    for one in measure(found):
        add_row(table, names.get(one.persona_id, f"{one.persona_id} (no more)"), one.stage, str(one.assets),
                f"{one.impressions:,}", f"{one.conversions:,}", *_rate(one.rate))  # fmt: skip
    return show_table(table)


@group.command()
def clear(study: StudyArg) -> None:
    """Remove all outcomes of a study; personas and briefs stay."""
    from app.outcomes.keeping import clear_outcomes

    say(f"{clear_outcomes(open_bench(), study)} outcomes removed.")


def _rate(rate: "Estimate | None") -> tuple[str, str]:
    from app.outcomes.ranking import percent

    if rate is None or rate.low is None or rate.high is None:
        return "–", ""
    return percent(rate.value), f"{percent(rate.low)} to {percent(rate.high)}"
