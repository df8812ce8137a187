"""dramatis segment | themes: how people are grouped and what they mean, proposed by the engine, shaped by the user."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench, progress_bar
from app.cli.options import JsonOption, SegmentsOption, StudyArg
from app.cli.output import add_row, print_json, say, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from app.models.theme import Theme
    from app.synthesis.reshaping import Wish
    from app.synthesis.theme_shaping import ThemeWish

Several = list[str] | None
WhoOption = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who decides (default: DRAMATIS_CODER).")]
SPLIT = re.compile(r"(?P<segment>.+):\s*(?P<people>[^:=]+?)\s*=\s*(?P<name>.*)", re.DOTALL)


def segment(
    study: StudyArg,
    segments: SegmentsOption = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="ATTRIBUTE|CODE", help="What macro segments part by; `auto`: the engine proposes again."),
    ] = None,
    merge: Annotated[Several, typer.Option(metavar="A+B=NAME", help="Make one segment of several.")] = None,
    split: Annotated[Several, typer.Option(metavar="A: P01 P02=NAME", help="Part people off a segment.")] = None,
    move: Annotated[Several, typer.Option(metavar="P01=SEGMENT", help="Place somebody; P01,P02= for several.")] = None,
    lock: Annotated[Several, typer.Option(metavar="P01", help="Keep somebody where they are now.")] = None,
    rename: Annotated[Several, typer.Option(metavar="OLD=NEW", help="Give a segment another name.")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Forget what people decided about segments.")] = False,
    who: WhoOption = None,
    json: JsonOption = False,
) -> None:
    """Find themes and group the participants; what people decide here is kept on every later run."""
    from app.cli.tables import segment_table
    from app.synthesis.segments import segment_study
    from app.synthesis.themes import find_themes

    wishes = [*_axis(by), *_merges(merge), *_splits(split), *_moves(move), *_locks(lock), *_renames(rename)]
    if segments and wishes:
        raise typer.BadParameter("with --segments the file decides; change the file instead")
    bench = open_bench()
    with progress_bar() as progress:
        find_themes(bench, study, progress)
    tree = segment_study(bench, study, segments, wishes, who or "", forget=forget)
    print_json(tree) if json else show_table(segment_table(tree))
    for note in tree.notes:
        say(note)


def _axis(by: str | None) -> "list[Wish]":
    from app.models.reshaping import Change
    from app.synthesis.reshaping import Wish

    return [Wish(Change.AXIS, name=by)] if by else []


def _merges(given: Several) -> "list[Wish]":
    from app.models.reshaping import Change
    from app.synthesis.reshaping import Wish

    rows = [_sides(one, "--merge", "A+B=NAME") for one in given or []]
    if any("+" not in parts for parts, _ in rows):
        raise typer.BadParameter("name two segments or more with + between: A+B=NAME", param_hint="--merge")
    return [Wish(Change.MERGE, segments=parts.split("+"), name=name) for parts, name in rows]


def _splits(given: Several) -> "list[Wish]":
    from app.models.reshaping import Change
    from app.synthesis.reshaping import Wish

    wishes = []
    for one in given or []:
        found = SPLIT.fullmatch(one.strip())
        if not found:
            raise typer.BadParameter(f"“{one}” must be written A: P01 P02=NAME", param_hint="--split")
        people = found["people"].replace(",", " ").split()
        wishes.append(Wish(Change.SPLIT, segments=[found["segment"]], people=people, name=found["name"]))
    return wishes


def _moves(given: Several) -> "list[Wish]":
    from app.models.reshaping import Change
    from app.synthesis.reshaping import Wish

    rows = [_sides(one, "--move", "P01=SEGMENT") for one in given or []]
    return [Wish(Change.MOVE, [target], people.replace(",", " ").split()) for people, target in rows]


def _locks(given: Several) -> "list[Wish]":
    from app.models.reshaping import Change
    from app.synthesis.reshaping import Wish

    people = [person for one in given or [] for person in one.replace(",", " ").split()]
    return [Wish(Change.LOCK, people=[person]) for person in people]


def _renames(given: Several) -> "list[Wish]":
    from app.models.reshaping import Change
    from app.synthesis.reshaping import Wish

    rows = [_sides(one, "--rename", "OLD=NEW") for one in given or []]
    return [Wish(Change.RENAME, [old], name=new) for old, new in rows]


def _sides(given: str, option: str, form: str) -> tuple[str, str]:
    """What stands before and after the first equals sign; neither may be empty."""
    left, sign, right = (part.strip() for part in given.partition("="))
    if not (left and sign and right):
        raise typer.BadParameter(f"“{given}” must be written {form}", param_hint=option)
    return left, right


def themes(
    study: StudyArg,
    merge: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ID ID", help="Make one theme of two, under the larger one's label."),
    ] = None,
    split: Annotated[str | None, typer.Option(metavar="ID", help="Part evidence off a theme; say which.")] = None,
    evidence: Annotated[Several, typer.Option(metavar="ID", help="With --split: the evidence to part off.")] = None,
    rename: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ID LABEL", help="Give a theme another label.")
    ] = None,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="List only themes of this code.")] = None,
    show: Annotated[str | None, typer.Option("--show", metavar="ID", help="List one theme's evidence.")] = None,
    who: WhoOption = None,
    json: JsonOption = False,
) -> None:
    """List the themes, or merge, split and label them; what people decide here is kept on every later run."""
    from app.cli.coding import tell_stale
    from app.synthesis.theme_shaping import find_theme, list_themes, shape_themes

    bench = open_bench()
    wishes = _theme_wishes(merge, split, evidence, rename)
    found = shape_themes(bench, study, wishes, who or "") if wishes else list_themes(bench, study)
    if wishes:
        tell_stale(bench, study)
    if show:
        return _show_theme(study, find_theme(show, found), json=json)
    listed = [one for one in found if code in (None, one.code)]
    return print_json([_row(one) for one in listed]) if json else show_table(_table(listed))


def _theme_wishes(
    merge: tuple[str, str] | None, split: str | None, evidence: Several, rename: tuple[str, str] | None
) -> "list[ThemeWish]":
    from app.models.reshaping import Change
    from app.synthesis.theme_shaping import ThemeWish

    if (split is None) != (evidence is None):
        raise typer.BadParameter("--split ID and --evidence ID go together")
    wishes = [ThemeWish(Change.MERGE, merge)] if merge else []
    wishes += [ThemeWish(Change.SPLIT, [split], evidence or [])] if split else []
    return wishes + ([ThemeWish(Change.RENAME, rename[:1], label=rename[1])] if rename else [])


def _row(one: "Theme") -> dict[str, object]:
    return {**one.model_dump(mode="json"), "k": one.k}


def _table(listed: "list[Theme]") -> "Table":
    from rich.table import Table

    table = Table("Theme", "Code", "k of n", "Table stakes", "Against", "Id")
    for one in listed:
        stakes, against = "yes" if one.table_stakes else "", ", ".join(one.counter_ids)
        add_row(table, one.label, one.code, f"{one.k} of {one.n}", stakes, against, one.id)
    return table


def _show_theme(study: str, theme: "Theme", *, json: bool) -> None:
    from rich.table import Table

    from app.synthesis.theme_shaping import evidence_of

    said = evidence_of(open_bench(), study, theme)
    if json:
        rows = [{"id": one.id, "participant_id": one.participant_id, "quote": one.quote.text} for one in said]
        return print_json({**_row(theme), "evidence": rows})
    table = Table("Who", "Words", "Evidence", title=theme.label)
    for one in said:
        add_row(table, one.participant_id, one.quote.text, one.id)
    return show_table(table)
