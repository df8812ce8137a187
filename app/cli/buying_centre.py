"""dramatis buying-centre: who decides together at an account, where they pull apart, and what unites them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, printable, show_table

if TYPE_CHECKING:
    from rich.table import Table

    from app.models.buying_centre import BuyingCentre, CentreMember, Claims
    from app.models.claim import Citation

AccountArg = Annotated[
    str | None, typer.Argument(metavar="ACCOUNT", help="The account's name; leave it out for a list of accounts.")
]


def buying_centre(study: StudyArg, account: AccountArg = None, json: JsonOption = False) -> None:
    """Show who decides together at an account: parts, conflicts with both sides' words, common ground, a plan."""
    from app.synthesis.buying.buying_centre import find_buying_centre, need_accounts
    from app.synthesis.casting import load_cast

    cast = load_cast(open_bench(), study)
    if account is None:
        need_accounts(cast)
        centres = cast.buying_centres
        print_json([one.model_dump(mode="json") for one in centres]) if json else show_table(_list(centres))
        return
    found = find_buying_centre(cast, account)
    print_json(found) if json else _tell(found)


def _list(centres: Sequence["BuyingCentre"]) -> "Table":
    from rich.table import Table

    table = Table("Account", "People", "Conflicts", "Parts nobody plays")
    for one in centres:
        between = ", ".join(f"{conflict.between[0]} and {conflict.between[1]}" for conflict in one.conflicts)
        missing = ", ".join(role.role for role in one.missing_roles)
        add_row(table, one.account, ", ".join(one.participant_ids), between or "none found", missing or "none")
    return table


def _tell(centre: "BuyingCentre") -> None:
    typer.echo(printable(f"{centre.account}. {centre.decision} {centre.missing_note}\n"))
    show_table(_members(centre))
    for title, lines in (
        ("Conflicts", _conflicts(centre)),
        ("Common ground", _claims(centre.common_ground)),
        ("Parts nobody plays", _missing(centre)),
        ("A way to agreement (inferred; check it with each of them)", _claims(centre.consensus_plan)),
    ):
        shown = list(lines) or ["None found in what was said."]
        typer.echo(printable("\n".join([f"\n{title}", *(f"  {line}" for line in shown)])))


def _members(centre: "BuyingCentre") -> "Table":
    from rich.table import Table

    table = Table("Who", "Part", "Stance", "In their words", "Ask next")
    for one in centre.members:
        who = "\n".join(filter(None, [one.participant_id, one.title, one.persona_name]))
        add_row(table, who, f"{one.role}\n({one.why})", one.leaning, "\n".join(_said(one)), _open(one))
    return table


def _parts(member: "CentreMember") -> list[tuple[str, "Claims"]]:
    return [
        ("influence", member.influence), ("stance", member.stance), ("pain", member.pains),
        ("objection", member.objections), ("success", member.success_criteria), ("veto", member.veto),
    ]  # fmt: skip


def _said(member: "CentreMember") -> Iterator[str]:
    for label, claims in _parts(member):
        yield from (f"{label}: {_quote(claim.supporting[0])}" for claim in claims if claim.supporting)


def _open(member: "CentreMember") -> str:
    """The first question that is still open, and how many more are."""
    asks = [claim.gap.ask_next for _, claims in _parts(member) for claim in claims if claim.gap]
    return f"{asks[0]} ({len(asks)} of 6 fields without evidence)" if asks else ""


def _conflicts(centre: "BuyingCentre") -> Iterator[str]:
    for number, one in enumerate(centre.conflicts, 1):
        yield f"{number}. {one.issue} (strength {one.strength:.2f})"
        yield from (f"   {_quote(quote)}" for quote in one.quotes)
        yield f"   Why: {'; '.join(one.why)}."


def _missing(centre: "BuyingCentre") -> Iterator[str]:
    for one in centre.missing_roles:
        yield f"{one.role}. Ask: {one.ask_next}"
        yield from (f"   perhaps spoken of: {_quote(mention)}" for mention in one.mentions)


def _claims(claims: "Claims") -> Iterator[str]:
    for number, claim in enumerate(claims, 1):
        if claim.gap:
            yield f"No evidence yet. {claim.gap.ask_next}"
            continue
        yield f"{number}. {claim.text} ({claim.support.k} of {claim.support.n}, {claim.status})"
        yield from (f"   {_quote(quote)}" for quote in claim.supporting)


def _quote(quote: "Citation") -> str:
    return f"“{' '.join(quote.text.split())}” [{quote.participant_id}]"
