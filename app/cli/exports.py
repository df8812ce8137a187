"""dramatis export: take the study away as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, say, show_table

if TYPE_CHECKING:
    from app.exports.catalogue import Export

FolderOption = Annotated[Path | None, typer.Option("--out", help="Folder to write into (default: in the home folder).")]
WORDS = {"all": "everybody's", "cleared": "quotes cleared for marketing"}


def export(
    study: StudyArg,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME…]", help="Files, or shelves of them, as --list shows them (default: all)."),
    ] = None,
    out: FolderOption = None,
    listed: Annotated[bool, typer.Option("--list", help="Only show which files there are, and whose words.")] = False,
    json: JsonOption = False,
) -> None:
    """Write the study as files: playbook, tables, planning, JSON. Without names all of them, and a zip."""
    from app.exports.catalogue import CATALOGUE, chosen

    files = chosen(names or [])
    bench = open_bench()
    bench.study(study)
    if listed:
        return _list(files or CATALOGUE, json=json)
    from app.exports.outgoing import load_outgoing
    from app.exports.writing import export as keep
    from app.exports.writing import make_files, possible, put_files

    known = load_outgoing(bench, study)
    files = files or possible(known)
    if out or names:
        written = put_files(make_files(known, files), out or bench.settings.results / study)
    else:
        written = keep(bench, known.whole)
    return _told(written, json=json)


def _list(files: "list[Export] | tuple[Export, ...]", *, json: bool) -> None:
    from rich.table import Table

    if json:
        rows = [{"name": one.name, "title": one.title, "what": one.what, "shelf": one.shelf,
                 "media_type": one.media_type, "words": one.words} for one in files]  # fmt: skip
        return print_json(rows)
    table = Table("Shelf", "Name", "What it is", "Whose words")
    for one in files:
        add_row(table, one.shelf, one.name, one.what, WORDS[one.words])
    return show_table(table)


def _told(written: list[Path], *, json: bool) -> None:
    if json:
        return print_json([{"name": path.name, "path": str(path), "size": path.stat().st_size} for path in written])
    for path in written:
        print(path)
    return say(f"{len(written)} file{'s' if len(written) > 1 else ''} written.")
