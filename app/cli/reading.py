"""dramatis personas | show | ask: reading what was made, and searching what was said."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import print_json, printable, say, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.asking import Answer
    from app.models.version import Stale


def personas(study: StudyArg, json: JsonOption = False) -> None:
    """List the personas of a study (with --json: the whole personas.json)."""
    from app.cli.tables import cast_table
    from app.synthesis.casting import load_cast

    cast = load_cast(open_bench(), study)
    if json:
        return print_json(cast)
    if not cast.personas:
        return say(f"No personas yet. Make them with: dramatis run {study}")
    show_table(cast_table(cast))
    return _tell_stale(cast.stale, study)


def show(
    study: StudyArg,
    persona: Annotated[str, typer.Argument(help="A persona's id, or a part of its name.")],
    versions: Annotated[bool, typer.Option("--versions", help="List its versions and what each changed.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="What the latest version changed, quote by quote.")] = False,
    since: Annotated[int | None, typer.Option(min=1, help="With --diff: since this version.")] = None,
    json: JsonOption = False,
) -> None:
    """Show one persona: every field, k of n, and the words behind it; or how it came to say so."""
    from app.cli.tables import persona_table
    from app.cli.versions import tell_diff, tell_versions
    from app.synthesis.casting import cast_of, find_persona
    from app.synthesis.material import load_material

    bench = open_bench()
    if versions:
        return tell_versions(bench, study, persona, json=json)
    if diff or since:
        return tell_diff(bench, study, persona, since, json=json)
    cast = cast_of(bench, load_material(bench, study))
    found = find_persona(cast, persona)
    _tell_stale([one for one in cast.stale if one.persona_id == found.id], study)
    return print_json(found) if json else show_table(persona_table(found))


def _tell_stale(stale: "Sequence[Stale]", study: str) -> None:
    if stale:
        why = "; ".join(dict.fromkeys(one.why for one in stale))
        say(f"Stale: {why}. Draft anew with: dramatis run {study}")


def ask(
    study: StudyArg,
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many quotes at most.")] = 8,
    participant: Annotated[list[str] | None, typer.Option(help="Only this participant; may be given again.")] = None,
    segment: Annotated[str | None, typer.Option(help="Only members of this segment, by name or id.")] = None,
    code: Annotated[list[str] | None, typer.Option(help="Only what was given this code; may be given again.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only `interview` or `note`.")] = None,
    consent: Annotated[
        str | None, typer.Option(help="Only people whose consent is `research` or `research+marketing`.")
    ] = None,
    since: Annotated[float | None, typer.Option(min=0, help="Seconds into the recording, at the earliest.")] = None,
    until: Annotated[float | None, typer.Option(min=0, help="Seconds into the recording, at the latest.")] = None,
    json: JsonOption = False,
) -> None:
    """Answer a question with what people said: quotes under their themes; a language model adds sentences that cite."""
    from app.asking import ask as search
    from app.asking import write
    from app.searching import scope_of

    bench = open_bench()
    scope = scope_of(
        bench, study, people=participant, segment=segment, codes=code, kind=kind, consent=consent, since=since,
        until=until,
    )  # fmt: skip
    sentences, answers = write(bench, question, search(bench, study, question, limit=limit, scope=scope))
    if json:
        return print_json([answer.model_dump(mode="json") for answer in answers])
    numbers = {answer.excerpt_id: number for number, answer in enumerate(answers, 1)}
    for sentence in sentences:
        typer.echo(printable(f"{sentence.text} [{', '.join(str(numbers[one]) for one in sentence.cites)}]"))
    if sentences:
        typer.echo("")
    elif bench.engine.prompts:
        say("No evidence that answers this. What comes nearest:")
    for theme, own in _by_theme(answers):
        if theme:
            typer.echo(printable(f"{theme}:\n"))
        for answer in own:
            _tell(answer, f"[{numbers[answer.excerpt_id]}] " if sentences else "")
    return None


def _by_theme(answers: "Sequence[Answer]") -> "list[tuple[str, list[Answer]]]":
    """The answers under the labels of their themes, best first; those without any last."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.theme, []).append(answer)
    return sorted(groups.items(), key=lambda group: not group[0])


def _tell(answer: "Answer", mark: str) -> None:
    who = answer.participant_id or "note"
    place = f"{who}, {answer.source_name}" + (
        f", {int(answer.time // 60)}:{int(answer.time % 60):02d}" if answer.time else ""
    )
    typer.echo(printable(f"{mark}“{answer.text}”\n    {place} · by {answer.why}\n"))
