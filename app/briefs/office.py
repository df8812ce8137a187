"""A brief as a Word document with real styles: headings, list, quotes and a table, all of them to be edited."""

from io import BytesIO
from typing import TYPE_CHECKING

from app.briefs.document import Document, Item, Part, Said
from app.playbook.dress import dress
from app.playbook.inert import clean

if TYPE_CHECKING:
    from docx.document import Document as Word

FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def to_docx(document: Document) -> bytes:
    """The document as the bytes of a .docx file."""
    import docx

    word = docx.Document()
    dress(word)
    word.core_properties.title = clean(document.title)
    word.core_properties.author = "Dramatis"
    word.add_paragraph(clean(document.kicker), style="Subtitle")
    word.add_heading(clean(document.title), level=0)
    _facts(word, document)
    for text in [*([f"Stale: {document.stale}"] if document.stale else []), *document.flags]:
        word.add_paragraph(clean(text), style="Intense Quote")
    for part in document.parts:
        _part(word, part)
    word.add_paragraph(clean(document.foot), style="Caption")
    kept = BytesIO()
    word.save(kept)
    return kept.getvalue()


def _facts(word: "Word", document: Document) -> None:
    table = word.add_table(rows=0, cols=2, style="Light List")
    for term, text in document.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = term, clean(text)


def _part(word: "Word", part: Part) -> None:
    word.add_heading(clean(part.title), level=1)
    if part.note:
        word.add_paragraph(clean(part.note), style="Caption")
    for item in part.items:
        _item(word, item, "List Number" if item.ref else "List Bullet")


def _item(word: "Word", item: Item, style: str) -> None:
    if item.text:
        line = word.add_paragraph(style=style)
        if item.ref:
            line.style = word.styles["List Paragraph"]
            line.add_run(f"{item.ref}  ").bold = True
        if item.label:
            line.add_run(f"{clean(item.label)}: ").bold = True
        line.add_run(clean(item.text))
        counted = f" ({item.k} of {item.n}{', inferred' if item.inferred else ''})" if item.n else ""
        marks = f" [{', '.join(item.refs)}]" if item.refs and not item.ref else ""
        line.add_run(f"{marks}{counted}")
    for one in item.quotes:
        _quote(word, one)
    for text in (item.withheld, item.note, item.ask):
        if text:
            word.add_paragraph(clean(text), style="Caption")
    for under in item.under:
        _item(word, under, "List Bullet 2")


def _quote(word: "Word", one: Said) -> None:
    where = f", {one.where}" if one.where else ""
    names = f" (names {one.names}: look before you publish)" if one.names else ""
    word.add_paragraph(clean(one.text), style="Quote")
    word.add_paragraph(clean(f"{one.person}{where}{names}"), style="Caption")
