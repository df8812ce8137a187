"""A brief as a Word document with real styles: headings, list, quotes and a table, all of them to be edited."""

from io import BytesIO
from typing import TYPE_CHECKING

from app.briefs.document import Document, Item, Part, Said

if TYPE_CHECKING:
    from docx.document import Document as Word

INK, FAINT, ACCENT = "1D1C1A", "524E47", "0B6A5B"
FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def to_docx(document: Document) -> bytes:
    """The document as the bytes of a .docx file."""
    import docx

    word = docx.Document()
    _style(word)
    word.core_properties.title = _clean(document.title)
    word.core_properties.author = "Dramatis"
    word.add_paragraph(_clean(document.kicker), style="Subtitle")
    word.add_heading(_clean(document.title), level=0)
    _facts(word, document)
    for text in [*([f"Stale: {document.stale}"] if document.stale else []), *document.flags]:
        word.add_paragraph(_clean(text), style="Intense Quote")
    for part in document.parts:
        _part(word, part)
    word.add_paragraph(_clean(document.foot), style="Caption")
    kept = BytesIO()
    word.save(kept)
    return kept.getvalue()


def _style(word: "Word") -> None:
    """Type and colours of the house on Word's own styles, so that whoever edits them changes all."""
    from docx.shared import Pt, RGBColor

    for name, font, size, colour in (
        ("Normal", "Calibri", 11, INK), ("Title", "Calibri", 24, INK), ("Heading 1", "Calibri", 15, INK),
        ("Subtitle", "Calibri", 10, FAINT), ("Quote", "Georgia", 11, INK), ("Caption", "Calibri", 9, FAINT),
        ("Intense Quote", "Calibri", 10, ACCENT),
    ):  # fmt: skip
        style = word.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor.from_string(colour)


def _facts(word: "Word", document: Document) -> None:
    table = word.add_table(rows=0, cols=2, style="Light List")
    for term, text in document.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = term, _clean(text)


def _part(word: "Word", part: Part) -> None:
    word.add_heading(_clean(part.title), level=1)
    if part.note:
        word.add_paragraph(_clean(part.note), style="Caption")
    for item in part.items:
        _item(word, item, "List Number" if item.ref else "List Bullet")


def _item(word: "Word", item: Item, style: str) -> None:
    if item.text:
        line = word.add_paragraph(style=style)
        if item.ref:
            line.style = word.styles["List Paragraph"]
            line.add_run(f"{item.ref}  ").bold = True
        if item.label:
            line.add_run(f"{_clean(item.label)}: ").bold = True
        line.add_run(_clean(item.text))
        counted = f" ({item.k} of {item.n}{', inferred' if item.inferred else ''})" if item.n else ""
        marks = f" [{', '.join(item.refs)}]" if item.refs and not item.ref else ""
        line.add_run(f"{marks}{counted}")
    for one in item.quotes:
        _quote(word, one)
    for text in (item.withheld, item.note, item.ask):
        if text:
            word.add_paragraph(_clean(text), style="Caption")
    for under in item.under:
        _item(word, under, "List Bullet 2")


def _quote(word: "Word", one: Said) -> None:
    where = f", {one.where}" if one.where else ""
    names = f" (names {one.names}: look before you publish)" if one.names else ""
    word.add_paragraph(_clean(one.text), style="Quote")
    word.add_paragraph(_clean(f"{one.person}{where}{names}"), style="Caption")


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or " " <= letter < "\ufffe" or letter > "\uffff")
