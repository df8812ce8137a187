"""dramatis strategy: what to do with a study's personas first, and why."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import print_json


def strategy(
    study: StudyArg,
    crm: Annotated[
        Path | None, typer.Option("--crm", help="A CRM table to use in the place of the one imported.", metavar="FILE")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Advise: which personas pay off, how many, what to ask next, and what each judgement rests on."""
    from app.cli.strategy_tables import tell_strategy
    from app.strategy.advise import advise

    found = advise(open_bench(), study, crm)
    print_json(found) if json else tell_strategy(found)
