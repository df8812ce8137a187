"""dramatis codebook show | export | import"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, say, show_table

if TYPE_CHECKING:
    from app.models.codebook import Codebook

group = typer.Typer(
    help="What words can be evidence of: common to all studies, or a study's own.", no_args_is_help=True
)

OptionalStudy = Annotated[str | None, typer.Argument(metavar="[STUDY]", help="A study (default: the common codebook).")]


@group.command()
def show(study: OptionalStudy = None, json: JsonOption = False) -> None:
    """Show a codebook: its codes, what they mean, which fields they feed."""
    from rich.table import Table

    codebook = _codebook(study)
    if json:
        return print_json(codebook)
    table = Table("Code", "Label", "Definition", "Feeds", title=f"Codebook, version {codebook.version}")
    for code in codebook.codes:
        add_row(table, code.id, code.label, code.definition, ", ".join(code.feeds))
    return show_table(table)


@group.command()
def export(
    words: Annotated[
        list[str], typer.Argument(metavar="[STUDY] FILE", help="The file to write, after a study if any.")
    ],
) -> None:
    """Write a codebook as YAML, to change it and import it again, or as .qdc for other tools (REFI-QDA)."""
    from app.refi.codebooks import write_codebook

    if len(words) > 2:
        raise typer.BadParameter("give a file, or a study and a file")
    path = Path(words[-1])
    write_codebook(_codebook(words[0] if len(words) == 2 else None), path)
    say(f"Written: {path}")


@group.command("import")
def import_(
    study: StudyArg,
    file: Annotated[Path, typer.Argument(help="A codebook in YAML, as `export` writes it, or a .qdc (REFI-QDA).")],
    extend: Annotated[bool, typer.Option("--extend", help="Add its codes to the study's (default).")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Let its codes be all the study has.")] = False,
) -> None:
    """Give a study codes of its own. New codes are given by people: dramatis code STUDY --add CODE --quote WORDS."""
    from app.engines.coder import LocalCoder
    from app.refi.codebooks import take_codebook

    if extend and replace:
        raise typer.BadParameter("give either --extend or --replace")
    codebook, remarks = take_codebook(open_bench(), study, file, replace=replace)
    for remark in remarks:
        say(f"  {remark}")
    say(f"{study} has codebook version {codebook.version} with {len(codebook.codes)} codes.")
    by_hand = [code.id for code in codebook.codes if code.id not in LocalCoder.load().codes]
    if by_hand:
        say(f"The local engine does not know {', '.join(by_hand)}: people give them, with dramatis code {study} --add.")


def _codebook(study: str | None) -> "Codebook":
    bench = open_bench()
    return bench.for_study(study).codebook if study else bench.codebook
