"""dramatis erase: a participant or a source goes with everything made of it, after a look at what that is."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, printable, say, show_table

if TYPE_CHECKING:
    from app.models.erasure import ErasurePreview
    from app.workbench import Workbench


def erase(
    study: StudyArg,
    participant: Annotated[str | None, typer.Option(help="Whoever withdraws, by their id.")] = None,
    source: Annotated[str | None, typer.Option(help="Or one source, by its name or id.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: JsonOption = False,
) -> None:
    """Show what goes with a participant or a source, ask, and erase it. It cannot be undone."""
    from app.intake.erasure import erase_participant, erase_source, preview_erasure, preview_removal

    if (participant is None) == (source is None):
        raise typer.BadParameter("say what goes: give either --participant or --source")
    bench = open_bench()
    if participant is not None:
        preview, name = preview_erasure(bench, study, participant), participant
    else:
        preview, name = preview_removal(bench, study, _source_id(bench, study, source or "")), source or ""
    if not json:
        _show(preview, name)
    if not yes:
        typer.confirm(f"Erase {name} and all of this?", abort=True, err=json)
    receipt = (
        erase_participant(bench, study, participant) if participant else erase_source(bench, study, preview.source_id)
    )
    if json:
        return print_json(receipt)
    say(f"Erased {name}. {len(receipt.gone.sources)} sources went, {receipt.gone.left} are left.")
    for line in receipt.later:
        say(line)
    return say(f"Draft anew from what is left: dramatis run {study}") if receipt.gone.personas else None


def _source_id(bench: "Workbench", study: str, name: str) -> str:
    """The id of the source of that name, else the name itself, which may be an id."""
    bench.study(study)
    with bench.store.transaction() as tx:
        return tx.sources.id_of(study, name) or name


def _show(preview: "ErasurePreview", name: str) -> None:
    from rich.table import Table

    table = Table("Goes", "How many", "", title=printable(f"With {name}"))
    for what, count, about in preview.lines():
        add_row(table, what, str(count), about)
    show_table(table)
    for one in preview.sources:
        say(f"{one.name}: {one.why}")
    if preview.also_heard:
        say(f"Also heard there: {', '.join(preview.also_heard)}. What they say in these sources goes too.")
