"""dramatis personas | show | ask: reading what was made, and searching what was said."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import print_json, printable, say, show_table

if TYPE_CHECKING:
    from app.asking import Answer


def personas(study: StudyArg, json: JsonOption = False) -> None:
    """List the personas of a study (with --json: the whole personas.json)."""
    from app.cli.tables import cast_table
    from app.synthesis.casting import load_cast

    cast = load_cast(open_bench(), study)
    if json:
        return print_json(cast)
    return (
        show_table(cast_table(cast)) if cast.personas else say(f"No personas yet. Make them with: dramatis run {study}")
    )


def show(
    study: StudyArg,
    persona: Annotated[str, typer.Argument(help="A persona's id, or a part of its name.")],
    json: JsonOption = False,
) -> None:
    """Show one persona: every field, k of n, and the words behind it."""
    from app.cli.tables import persona_table
    from app.synthesis.casting import find_persona, load_cast

    found = find_persona(load_cast(open_bench(), study), persona)
    print_json(found) if json else show_table(persona_table(found))


def ask(
    study: StudyArg,
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many quotes at most.")] = 8,
    participant: Annotated[list[str] | None, typer.Option(help="Only this participant; may be given again.")] = None,
    segment: Annotated[str | None, typer.Option(help="Only members of this segment, by name or id.")] = None,
    code: Annotated[list[str] | None, typer.Option(help="Only what this code was given to; may be given again.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only `interview` or `note`.")] = None,
    consent: Annotated[str | None, typer.Option(help="Only people who agreed to `research+marketing`, say.")] = None,
    since: Annotated[float | None, typer.Option(min=0, help="Seconds into the recording, at the earliest.")] = None,
    until: Annotated[float | None, typer.Option(min=0, help="Seconds into the recording, at the latest.")] = None,
    json: JsonOption = False,
) -> None:
    """Search what people said: quotes that bear on a question, never generated text."""
    from app.asking import ask as search
    from app.searching import scope_of

    bench = open_bench()
    scope = scope_of(
        bench, study, people=participant, segment=segment, codes=code, kind=kind, consent=consent, since=since,
        until=until,
    )  # fmt: skip
    answers = search(bench, study, question, limit=limit, scope=scope)
    if json:
        return print_json([answer.model_dump(mode="json") for answer in answers])
    for answer in answers:
        _tell(answer)
    return None


def _tell(answer: "Answer") -> None:
    who = answer.participant_id or "note"
    place = f"{who}, {answer.source_name}" + (
        f", {int(answer.time // 60)}:{int(answer.time % 60):02d}" if answer.time else ""
    )
    typer.echo(printable(f"“{answer.text}”\n    {place} · by {answer.why}\n"))
