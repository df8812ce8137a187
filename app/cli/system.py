"""dramatis schema | reindex | doctor"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.bench import open_bench, progress_bar
from app.cli.options import JsonOption, StudyArg
from app.cli.output import print_json, say


def schema(
    name: Annotated[
        str | None, typer.Argument(help="`persona`, `cast` (personas.json), `claim`, `segments`, `brief` …")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Write every schema, each as NAME.schema.json.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write into with --all (default: here).")] = None,
) -> None:
    """Print the JSON Schema of what Dramatis writes, or write them all into a folder."""
    from app.schemas import json_schema

    if every == (name is not None):
        raise typer.BadParameter("name one schema, or write them all with --all")
    if name is not None:
        return print_json(json_schema(name))
    from app.exports.schemas import schema_files
    from app.exports.writing import put_files

    for path in put_files(dict(schema_files()), out or Path()):
        print(path)
    return None


def reindex(study: StudyArg) -> None:
    """Rebuild the study's vector index from the store."""
    from app.intake.reindexing import reindex as rebuild

    with progress_bar() as progress:
        count = rebuild(open_bench(), study, progress)
    say(f"{count} excerpts indexed.")


def doctor(json: JsonOption = False) -> None:
    """Check that everything needed is here: weights, coder, database, index."""
    from app.health import examine

    findings = examine()
    if json:
        print_json([finding.model_dump() for finding in findings])
    else:
        for finding in findings:
            say(f"{'ok ' if finding.ok else 'BAD'}  {finding.what}: {finding.detail}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
