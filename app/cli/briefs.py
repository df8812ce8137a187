"""dramatis brief | briefs: what somebody needs to write for a persona, and what has been written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, printable, say, show_table
from app.cli.segments import WhoOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.briefs.ground import Ground
    from app.models.brief import Brief, BriefRequest, Format, Stage

PersonaArg = Annotated[
    str | None,
    typer.Argument(metavar="PERSONA", help="A persona's id or a part of its name, or an account whose people decide."),
]


def brief(
    study: StudyArg,
    persona: PersonaArg = None,
    stage: Annotated[str | None, typer.Option(help="top, middle or bottom of the funnel (default: top).")] = None,
    intent: Annotated[str | None, typer.Option(help="early, mid or late; follows from the stage otherwise.")] = None,
    industry: Annotated[list[str] | None, typer.Option(help="An industry; with --matrix may be given again.")] = None,
    format: Annotated[
        str | None, typer.Option(help="blog, email, case-study, landing, one-pager, ad, talk-track or job-ad.")
    ] = None,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="All stages (or the one given) of PERSONA, or of every micro persona.")
    ] = False,
    json: JsonOption = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write it here: .md, .html, .docx, .pdf or .json; a folder with --matrix."),
    ] = None,
) -> None:
    """Write a content brief: every proof point a cited claim, every quote with consent to marketing."""
    from app.briefs.ground import load_ground
    from app.briefs.matrix import matrix as all_of
    from app.models.brief import BriefRequest

    one_stage, one_format = _stage(stage), _format(format)
    bench = open_bench()
    ground = load_ground(bench, study)
    if matrix:
        wanted = all_of(ground, personas=[persona] if persona else [], stages=[one_stage] if one_stage else [],
                        industries=industry or [], format=one_format)  # fmt: skip
        return _write_all(ground, wanted, json=json, out=out)
    if persona is None:
        raise typer.BadParameter("name a persona, or write all with --matrix")
    if industry and len(industry) > 1:
        raise typer.BadParameter("one industry a brief; several with --matrix")
    request = BriefRequest.model_validate(
        {"study_id": study, "persona": persona, "stage": one_stage or "top", "intent": _intent(intent),
         "industry": industry[0] if industry else "", "format": one_format}
    )  # fmt: skip
    return _write_one(ground, request, json=json, out=out)


def briefs(
    study: StudyArg,
    rank: Annotated[bool, typer.Option("--rank", help="Best first, by the outcomes that were imported.")] = False,
    json: JsonOption = False,
) -> None:
    """List the briefs of a study, which are stale, and how each is ranked by outcomes where there are any."""
    from rich.table import Table

    from app.briefs.ground import load_ground
    from app.briefs.keeping import list_briefs, stale_briefs
    from app.outcomes.ranking import ranked

    ground = load_ground(open_bench(), study)
    found = list_briefs(ground)
    ranks = ranked(ground.bench, study, found)
    if rank and not ranks:
        say(f"No outcome yet, so nothing is ranked. Import some with: dramatis outcomes import {study} FILE")
    if rank and ranks:
        found.sort(key=lambda one: ranks[one.id].place)
    if json:
        return print_json([one.model_dump(mode="json") for one in found])
    if not found:
        return say(f"No briefs yet. Write them with: dramatis brief {study} PERSONA, or all with --matrix")
    stale = stale_briefs(ground, found)
    columns = ["Brief", "For", "Stage", "Intent", "Industry", "Format", "Proof", "Stale"]
    table = Table(*columns, *(["Measured"] if ranks else []))
    for one in found:
        why = stale[one.id].why if one.id in stale else ""
        add_row(table, one.id, one.audience.name, one.funnel_stage, one.buyer_intent, one.industry_variant or "all",
                one.format, str(len(one.proof_points)), why,
                *([ranks[one.id].why] if ranks else []))  # fmt: skip
    return show_table(table)


def approve(
    study: StudyArg,
    brief: Annotated[str, typer.Argument(help="A brief's id, as `dramatis briefs` lists it.")],
    take_back: Annotated[bool, typer.Option("--take-back", help="Make it a draft again.")] = False,
    who: WhoOption = None,
    json: JsonOption = False,
) -> None:
    """Say that a brief may be worked from; planners see it in the editorial plan."""
    from app.briefs.approving import approve_brief
    from app.briefs.ground import load_ground
    from app.models.brief import ApprovalState

    bench = open_bench()
    state = ApprovalState.DRAFT if take_back else ApprovalState.APPROVED
    made = approve_brief(load_ground(bench, study), brief, state, by=who or bench.settings.coder)
    return (
        print_json(made.approval)
        if json
        else say("A draft again." if take_back else f"Approved by {made.approval.by}.")
    )


def _write_one(ground: "Ground", request: "BriefRequest", *, json: bool, out: Path | None) -> None:
    from app.briefs.choosing import choose
    from app.briefs.document import document_of
    from app.briefs.markdown import to_markdown
    from app.briefs.writing import draft_briefs, keep

    (made,) = draft_briefs(ground, [choose(ground, request)])
    keep(ground, made)
    if out:
        _to_file(made, out, _ending(out))
    if json:
        return print_json(made)
    if not out:
        typer.echo(printable(to_markdown(document_of(made))))
    return None


def _write_all(ground: "Ground", wanted: "list[BriefRequest]", *, json: bool, out: Path | None) -> None:
    from app.briefs.writing import write_all
    from app.models.brief import Brief

    done: list[Brief] = []
    for request, one in zip(wanted, write_all(ground, wanted), strict=True):
        if isinstance(one, Brief):
            done.append(one)
            if out:
                _to_file(one, out / f"{one.id}.docx", "docx")
        else:
            say(f"{request.persona}, {request.stage}: {one}")
    if json:
        return print_json([one.model_dump(mode="json") for one in done])
    return say(f"{len(done)} of {len(wanted)} briefs written. List them with: dramatis briefs {ground.study_id}")


def _to_file(made: "Brief", path: Path, kind: str) -> None:
    from app.briefs.files import brief_file
    from app.errors import BadInput

    content = brief_file(made, kind).content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Choose another file.") from error
    say(f"Written: {path}")


def _ending(path: Path) -> str:
    from app.briefs.files import KINDS
    from app.errors import BadInput

    kind = path.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise BadInput(
            f"{path}: a brief can be written as {', '.join(f'.{one}' for one in KINDS)}. Choose one of them."
        )
    return kind


def _stage(given: str | None) -> "Stage | None":
    from app.models.brief import Stage

    return Stage(_one_of(given, [*Stage], "--stage")) if given else None


def _intent(given: str | None) -> str | None:
    from app.models.brief import Intent

    return _one_of(given, [*Intent], "--intent") if given else None


def _format(given: str | None) -> "Format | None":
    from app.models.brief import Format

    return Format(_one_of(given, [*Format], "--format")) if given else None


def _one_of(given: str, known: "Sequence[str]", option: str) -> str:
    if given not in [str(one) for one in known]:
        raise typer.BadParameter(f"{option} is one of {', '.join(map(str, known))}")
    return given
