"""dramatis audit-log show | verify"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption
from app.cli.output import add_row, print_json, say, show_table

group = typer.Typer(help="Who changed what, and whether the log is whole.", no_args_is_help=True)


@group.command()
def show(
    who: Annotated[str, typer.Option(help="Only what this person did.")] = "",
    action: Annotated[str, typer.Option(help="Only changes of this kind.")] = "",
    study: Annotated[str, typer.Option(help="Only changes in this study.")] = "",
    limit: Annotated[int, typer.Option(help="How many at most, the newest first.", min=1, max=100_000)] = 50,
    json: JsonOption = False,
) -> None:
    """Show the newest entries of the audit log."""
    from rich.table import Table

    with open_bench().store.transaction() as tx:
        found = tx.audit_log.newest(limit, who=who, action=action, study_id=study)
    if json:
        return print_json([one.model_dump() for one in found])
    table = Table("No.", "When (UTC)", "Who", "What", "Study", "About")
    for one in found:
        at = datetime.fromtimestamp(one.at, UTC).strftime("%Y-%m-%d %H:%M:%S")
        add_row(table, str(one.number), at, one.who, one.action, one.study_id or "", one.about)
    return show_table(table)


@group.command()
def verify(json: JsonOption = False) -> None:
    """Seal every entry again; exit code 1 where one was changed or removed."""
    from app.access.log import verify as check

    verdict = check(open_bench().store)
    if json:
        print_json(asdict(verdict))
    else:
        say(verdict.text)
        say(f"The last seal is {verdict.head or 'none yet'}; kept elsewhere, it shows that nothing was cut off since.")
    if verdict.broken is not None:
        raise typer.Exit(1)
