"""dramatis assign: personas for contacts of a CRM, with the reasons."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, say, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.activation.contacts import Contacts
    from app.activation.tally import Tally
    from app.models.assignment import Assignment, RuleBook

# More rows are read in a file.
SHOWN = 40


def assign(
    study: StudyArg,
    contacts: Annotated[Path, typer.Argument(help="A table of contacts or accounts: .csv, .tsv or .xlsx.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write all rows here: .csv or .json.")] = None,
    json: JsonOption = False,
) -> None:
    """Give contacts a persona, or none, with the reasons. Nothing of them is stored."""
    from app.activation.assigning import Assigner
    from app.activation.contacts import open_contacts
    from app.activation.filing import must_not_replace
    from app.activation.loading import load_rule_book
    from app.activation.tally import Tally
    from app.activation.writing import as_json

    if out and out.suffix.lower() not in (".csv", ".json"):
        raise typer.BadParameter("--out ends in .csv or .json")
    if out:
        must_not_replace(contacts, out)
    book, tally = load_rule_book(open_bench(), study), Tally()
    found = open_contacts(contacts, contacts.name, book.fields)
    assignments = tally.counted(map(Assigner(book).assign, found.rows()))
    if out:
        tally = _to_file(book, found, out)
    elif json:
        # Half a list is no JSON.
        found.must_be_read()
        for piece in as_json(assignments):
            typer.echo(piece, nl=False)
    else:
        _show(assignments)
    say("Read from: " + ", ".join(f"{field} ← “{header}”" for field, header in sorted(found.columns.items())))
    for sentence in tally.sentences(book):
        say(sentence)


def _to_file(book: "RuleBook", found: "Contacts", path: Path) -> "Tally":
    from app.activation.filing import write_assignments
    from app.briefs.rules import load_rules
    from app.errors import BadInput

    kind: Literal["csv", "json"] = "csv" if path.suffix.lower() == ".csv" else "json"
    try:
        tally = write_assignments(book, found, path, kind, load_rules().first_offer)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Choose another file.") from error
    say(f"Written: {path}")
    return tally


def _show(assignments: "Iterable[Assignment]") -> None:
    from rich.table import Table

    from app.activation.writing import persona_of

    table = Table("Line", "Row", "Persona", "Micro persona", "Confidence", "Why", "Ask")
    left = 0
    for one in assignments:
        if len(table.rows) >= SHOWN:
            left += 1
            continue
        why = one.suppressed or "; ".join(one.macro.why)
        add_row(table, str(one.line), next(iter(one.keys.values()), ""), persona_of(one), one.micro.name,
                f"{one.macro.confidence:.0%}", why, one.ask)  # fmt: skip
    show_table(table)
    if left:
        say(f"{left} more rows. Write all with --out FILE.csv")
