"""study.xlsx: the study as a workbook. Text is text, whatever it begins with; equal studies make equal files.

A cell of a workbook holds 32,767 characters. What is longer is cut, says so at its end, and is counted on the first
sheet; claims.csv and quotes.csv hold it whole.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.cells import Cell, sound
from app.exports.outgoing import Outgoing
from app.exports.study_tables import codebook_table, participants_table, personas_table, segments_table, themes_table
from app.exports.tables import Table, claims_table, quotes_table
from app.playbook.words import count

TABLES = (
    personas_table, claims_table, quotes_table, codebook_table, themes_table, segments_table, participants_table,
)  # fmt: skip
# Of UTF-16, as spreadsheets count.
MOST = 32_767
CUT = " … [cut: a cell holds no more]"
# The file does not tell when it was made: what it was made of does.
MADE = datetime(2000, 1, 1)
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ABOUT = {
    "Personas": "A persona a row.",
    "Claims": "A claim a row: k of the n people it is about said it. Fields without evidence say what to ask next.",
    "Quotes": "A citation a row: text is source[start:end], in characters from 0, and sha256 its digest.",
    "Codebook": "What words can be evidence of, and how often they were.",
    "Themes": "Evidence of one code, from several people, that means the same.",
    "Segments": "The tree of groups that personas are drafted for.",
    "Participants": "Who was heard, what is known of them, and what they agreed to.",
}
WARNING = (
    "These are everybody's words, also of people who did not agree to be quoted in marketing: keep the file among "
    "researchers. What people rejected stays out."
)


def study_xlsx(out: Outgoing) -> bytes:
    """A sheet to read first, then one a table."""
    tables = [make(out) for make in TABLES]
    made = BytesIO()
    book = Workbook(made, OPTIONS)
    book.set_properties({"title": out.cast.study.name, "comments": f"Dramatis {out.cast.provenance.dramatis}",
                         "created": MADE})  # fmt: skip
    _read_me(book, out, tables)
    head = book.add_format({"bold": True, "bg_color": "#E8E6DF", "bottom": 1, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for table in tables:
        _sheet(book, table, head, body)
    book.close()
    return made.getvalue()


def _read_me(book: Workbook, out: Outgoing, tables: Sequence[Table]) -> None:
    sheet = book.add_worksheet("Read me")
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 20, bold)
    sheet.set_column(1, 1, 100, wrapped)
    for row, (name, text) in enumerate(_told(out, tables)):
        _write(sheet, row, 0, name, bold)
        _write(sheet, row, 1, text, wrapped)


def _told(out: Outgoing, tables: Sequence[Table]) -> list[tuple[str, str]]:
    study, made = out.cast.study, out.cast.provenance
    cut = sum(isinstance(cell, str) and _too_long(cell) for table in tables for row in table.rows for cell in row)
    facts = [
        ("Study", study.name),
        ("Question", study.research_question),
        ("Product", study.product or study.product_area),
        ("Made with", f"Dramatis {made.dramatis}, {made.engine} engine, coder {made.coder}"),
        ("Whose words", WARNING),
        *((table.name, f"{count(len(table.rows), 'row')}. {ABOUT[table.name]}") for table in tables),
        (
            "Cut",
            f"{count(cut, 'cell')} held more than {MOST:,} characters and ends with “{CUT.strip()}”." if cut else "",
        ),
    ]
    return [(name, text) for name, text in facts if text]


def _sheet(book: Workbook, table: Table, head: Format, body: Format) -> None:
    sheet = book.add_worksheet(table.name)
    for at, (name, width) in enumerate(table.columns.items()):
        sheet.set_column(at, at, width)
        _write(sheet, 0, at, name, head)
    for number, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row):
            _write(sheet, number, at, cell, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Worksheet, row: int, at: int, cell: Cell, style: Format) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, at, fitted(cell), style)
    elif cell is not None:
        sheet.write_number(row, at, cell, style)


def fitted(text: str) -> str:
    """The text as a cell holds it. The library takes what stands between <r> and </r> for markup of its own and writes
    it as it is: a space after it makes it text again."""
    text = sound(text)
    if _too_long(text):
        text = text.encode("utf-16-le")[: 2 * (MOST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _too_long(text: str) -> bool:
    """Whether it has more units of UTF-16 than a cell holds."""
    return len(text) > MOST // 2 and len(sound(text).encode("utf-16-le")) // 2 > MOST
