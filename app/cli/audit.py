"""dramatis audit: an existing persona document, held line by line against a study."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption
from app.cli.output import add_row, print_json, say, show_table

if TYPE_CHECKING:
    from app.audit.report import AuditItem, AuditReport


def audit(
    file: Annotated[Path, typer.Argument(help="The persona document: .md, .txt, .docx or .json.")],
    study: Annotated[str, typer.Option("--study", help="The study to hold it against, by id.")],
    json: JsonOption = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the report as a page here.")] = None,
) -> None:
    """Hold an existing persona line by line against what participants said."""
    from app.audit.auditing import audit as check

    report = check(open_bench(), study, file)
    if out:
        _write(out, report)
    if json:
        return print_json(report)
    return _tell(report)


def _write(path: Path, report: "AuditReport") -> None:
    from app.audit.page import render_audit
    from app.errors import BadInput

    try:
        path.write_text(render_audit(report), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Choose another file.") from error
    say(f"Written: {path}")


def _tell(report: "AuditReport") -> None:
    from rich.table import Table

    from app.audit.page import caution, summary
    from app.audit.report import AuditVerdict

    table = Table(title=f"{report.document} against “{report.study}”", title_justify="left", show_lines=True)
    for name in ("verdict", "line", "what was said"):
        table.add_column(name, overflow="fold")
    for item in report.items:
        if item.verdict is not AuditVerdict.NOT_CHECKABLE:
            add_row(table, *_cells(item))
    show_table(table)
    for theme in report.left_out:
        say(f"Left out: {theme.label} ({theme.k} of {theme.n})")
    say(f"{summary(report)} {report.counts.get(AuditVerdict.NOT_CHECKABLE, 0)} lines cannot be checked.")
    say(caution(report))


def _cells(item: "AuditItem") -> tuple[str, str, str]:
    from app.audit.page import WORDS
    from app.audit.report import Kind

    counted = f"\n{item.k} of {item.n}" if item.kind is Kind.STATEMENT and item.k else ""
    first = "".join(f"“{one.text}”\n{one.participant_id}, {one.source_name}" for one in item.evidence[:1])
    return f"{WORDS[item.verdict]}{counted}", item.text, first or item.why
