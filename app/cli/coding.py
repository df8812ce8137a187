"""dramatis code: read the interviews by the engine; or give, take away and list codes by hand."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench, progress_bar
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, say, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from app.models.coding import HumanCode
    from app.models.evidence import Evidence
    from app.workbench import Workbench

Codes = list[str] | None


def code(
    study: StudyArg,
    add: Annotated[Codes, typer.Option(metavar="CODE", help="Give the quote this code; may be given again.")] = None,
    remove: Annotated[Codes, typer.Option(metavar="CODE", help="Take this code off the quote.")] = None,
    quote: Annotated[str | None, typer.Option(help="The participant's exact words.")] = None,
    evidence: Annotated[str | None, typer.Option(metavar="ID", help="Or the evidence's id, from --list.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only in this interview.")] = None,
    participant: Annotated[str | None, typer.Option(help="Only in this participant's words.")] = None,
    by: Annotated[
        str | None, typer.Option(help="Who codes (default: DRAMATIS_CODER); with --list: only theirs.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List what is coded, and by whom.")] = False,
    only: Annotated[str | None, typer.Option("--code", metavar="CODE", help="With --list: only this code.")] = None,
    json: JsonOption = False,
) -> None:
    """Read the interviews: mark what each sentence is evidence of. With --add, --remove or --list: code by hand."""
    bench = open_bench()
    if listed:
        return _list(bench, study, only, by, json=json)
    if add or remove:
        from app.synthesis.human_coding import Wanted, decide

        if (quote is None) == (evidence is None):
            raise typer.BadParameter("say which words are meant: give either --quote or --evidence")
        wanted = Wanted(quote, source, participant, evidence)
        made = decide(bench, study, wanted, by or bench.settings.coder, add=add or [], remove=remove or [])
        return _tell(bench, study, made, json=json)
    if source or participant or only or by:
        raise typer.BadParameter("--source, --participant, --code and --by go with --add, --remove or --list")
    if quote or evidence:
        raise typer.BadParameter("say what to do with the words: --add CODE or --remove CODE")
    return _by_engine(bench, study, json=json)


def _by_engine(bench: "Workbench", study: str, *, json: bool) -> None:
    from app.synthesis.coding import code_study

    with progress_bar() as progress:
        count = code_study(bench, study, progress)
    print_json({"study": study, "evidence": count}) if json else say(f"{count} pieces of evidence.")
    tell_stale(bench, study)


def _tell(bench: "Workbench", study: str, made: "list[HumanCode]", *, json: bool) -> None:
    if json:
        print_json([one.model_dump(mode="json") for one in made])
    for one in made:
        quote = one.quote
        done = "coded" if one.given else "no longer coded"
        place = f"{quote.participant_id}, {one.source_name}"
        say(f"“{quote.text}” [{place}] is {done} {one.code}, by {one.by}.")
    tell_stale(bench, study)


def tell_stale(bench: "Workbench", study: str) -> None:
    """Say how many personas no longer rest on what is known, and let what was published say so too."""
    from app.exports.finding import is_published
    from app.exports.writing import republish
    from app.synthesis.casting import cast_of, load_cast
    from app.synthesis.material import load_material

    with bench.store.transaction() as tx:
        if not tx.results.personas(study):
            return
    cast = cast_of(bench, load_material(bench, study))
    if cast.stale:
        say(f"{len(cast.stale)} of {len(cast.personas)} personas are stale. Draft them anew: dramatis run {study}")
        if is_published(bench.settings, study):
            republish(bench, load_cast(bench, study))


def _list(bench: "Workbench", study: str, only: str | None, by: str | None, *, json: bool) -> None:
    from app.synthesis.human_coding import list_codes, removed_codes

    given, removed = list_codes(bench, study, code=only, by=by), removed_codes(bench, study, code=only, by=by)
    if json:
        rows = [{**_row(evidence), "code": code, "coder": coder, "given": True} for evidence, code, coder in given]
        gone = [{**_row(one), "code": one.code, "coder": one.by, "given": False} for one in removed]
        return print_json(rows + gone)
    return show_table(_table(given, removed)) if given or removed else say("Nothing is coded so.")


def _row(one: "Evidence | HumanCode") -> dict[str, str]:
    quote = one.quote
    return {"id": one.id, "source_id": quote.source_id, "participant_id": quote.participant_id, "quote": quote.text}


def _table(given: "list[tuple[Evidence, str, str]]", removed: "list[HumanCode]") -> "Table":
    from rich.table import Table

    table = Table("Code", "By", "Who", "Words", "Evidence")
    for evidence, code, coder in given:
        sure = "" if code in evidence.firm else " (not sure)"
        add_row(table, code + sure, coder, evidence.participant_id, evidence.quote.text, evidence.id)
    for one in removed:
        add_row(table, f"not {one.code}", one.by, one.quote.participant_id, one.quote.text, "")
    return table
