"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

StudyArg = Annotated[str, typer.Argument(metavar="STUDY", help="The study's id, as `dramatis study list` shows it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Folder for personas.json and playbook.html (default: in the home folder).")
]
BudgetOption = Annotated[
    str | None,
    typer.Option(
        "--budget", metavar="AMOUNT", help="Stop before language models cost more: 2.50, or 200000t for tokens."
    ),
]
SegmentsOption = Annotated[Path | None, typer.Option("--segments", help="YAML or JSON file with segments of your own.")]
