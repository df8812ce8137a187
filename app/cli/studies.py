"""dramatis study create | list | show | delete"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, printable, say, show_table

group = typer.Typer(help="Make, list, show and delete studies.", no_args_is_help=True)


@group.command()
def create(
    name: Annotated[str, typer.Argument(help="What people call the study.")],
    id: Annotated[str | None, typer.Option(help="Short id for commands (default: made from the name).")] = None,
    product: Annotated[str, typer.Option(help="The product or service.")] = "",
    area: Annotated[str, typer.Option(help="The product area.")] = "",
    question: Annotated[str, typer.Option(help="The research question.")] = "",
    from_file: Annotated[Path | None, typer.Option("--from", help="A study.yaml to take the rest from.")] = None,
    json: JsonOption = False,
) -> None:
    """Make a study: the frame that sources and personas hang in."""
    from app.intake.studies import create_study, describe_study

    study = describe_study(
        name, study_id=id, product=product, product_area=area, research_question=question, from_file=from_file
    )
    create_study(open_bench(), study)
    if json:
        print_json(study)
    else:
        say(f"Made the study “{study.name}”. Its id is {study.id}; next: dramatis ingest {study.id} FOLDER")


@group.command("list")
def list_(json: JsonOption = False) -> None:
    """List the studies of this home folder."""
    from rich.table import Table

    from app.intake.studies import list_studies

    studies = list_studies(open_bench())
    if json:
        return print_json([study.model_dump() for study in studies])
    if not studies:
        return say("No study yet. Try: dramatis demo")
    table = Table("Study", "Name", "Product area")
    for study in studies:
        add_row(table, study.id, study.name, study.product_area)
    return show_table(table)


@group.command()
def show(study: StudyArg, json: JsonOption = False) -> None:
    """Show where a study stands: sources, evidence, themes, segments, personas."""
    from rich.table import Table

    from app.intake.studies import study_status

    status = study_status(open_bench(), study)
    if json:
        return print_json(status)
    table = Table(title=printable(status.study.name), show_header=False)
    for label, value in status.lines():
        add_row(table, label, value)
    return show_table(table)


@group.command()
def delete(study: StudyArg, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete a study with everything in it: sources, vectors, evidence, personas, kept files."""
    from app.intake.studies import delete_study

    bench = open_bench()
    found = bench.study(study)
    if not yes:
        typer.confirm(f"Delete “{found.name}” and everything in it?", abort=True)
    delete_study(bench, study)
    say(f"Deleted {study}.")
