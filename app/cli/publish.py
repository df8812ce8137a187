"""dramatis publish: which version of a persona those who write from it get to see."""

from datetime import datetime
from typing import Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import print_json, say
from app.cli.segments import WhoOption


def publish(
    study: StudyArg,
    persona: Annotated[str, typer.Argument(help="A persona's id, or a part of its name.")],
    version: Annotated[int | None, typer.Option(min=1, help="Another version than the newest.")] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="Writers see it no more.")] = False,
    owner: Annotated[str | None, typer.Option(help="Who answers for it.")] = None,
    review: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which to look at it again: 2027-03-01.")
    ] = None,
    who: WhoOption = None,
    json: JsonOption = False,
) -> None:
    """Let a persona out to those who write from it, or take it back; rejected claims are left out."""
    from app.synthesis.releasing import publish_persona, take_back_persona
    from app.synthesis.reviewing import find_among, list_personas

    bench = open_bench()
    # One that stands no more can be taken back by its id.
    found = persona if persona.startswith("pe_") else find_among(list_personas(bench, study), persona).id
    if take_back:
        take_back_persona(bench, study, found)
        told = {"persona_id": found, "version": None}
        return print_json(told) if json else say("Taken back. Writers see it no more.")
    made = publish_persona(bench, study, found, by=who or bench.settings.coder, version=version, owner=owner,
                           review_due=review.date() if review else None)  # fmt: skip
    due = f" To be reviewed on {made.review_due}." if made.review_due else ""
    return print_json(made) if json else say(f"Published in version {made.version}, by {made.by}.{due}")
