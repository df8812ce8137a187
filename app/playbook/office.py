"""The playbook as a Word document: real styles and headings, tables with header rows, quotes that lead to the evidence.

Equal views give equal bytes: the document tells no time, and neither does the zip it is packed in.
"""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from app.packing import NO_TIME, zipped
from app.playbook.blocks import Block, Entry, Grid, Heading, Line, Said, Statement
from app.playbook.dress import ACCENT, FAINT, INK, STYLES, dress
from app.playbook.inert import clean
from app.playbook.outline import outline
from app.playbook.view import PlaybookView

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

MORE_STYLES = (
    *STYLES, ("Heading 2", "Calibri", 13, INK), ("Heading 3", "Calibri", 11, ACCENT),
    ("Heading 4", "Calibri", 10, FAINT),
    ("Quote", "Georgia", 10.5, INK),
)  # fmt: skip
STYLE = {"bullet": "List Bullet", "step": "List Number", "soft": "Caption", "lead": "Normal", "plain": "Normal"}
TABLE = "Light List Accent 3"
# From so many columns on, a table's letters are smaller.
MANY_COLUMNS = 5


def to_docx(view: PlaybookView) -> bytes:
    """The whole document as the bytes of a .docx file."""
    import docx

    word = docx.Document()
    dress(word, MORE_STYLES)
    _properties(word, view)
    _head(word, view)
    pages = Pages(word)
    for block in outline(view):
        pages.add(block)
    word.add_paragraph(
        clean(f"{view.provenance}. No claim without a quote; no quote without its place."), style="Caption"
    )
    kept = BytesIO()
    word.save(kept)
    return _timeless(kept.getvalue())


class Pages:
    """Sets block after block. Bookmarks are numbered as they come, as Word asks."""

    def __init__(self, word: "Word"):
        self.word = word
        # By name once: Word's styles are slow to look up.
        self.styles = {style.name: style.style_id for style in word.styles}
        self.marks = 0
        self.steps = 0

    def add(self, block: Block) -> None:
        self.steps = self.steps + 1 if isinstance(block, Line) and block.kind == "step" else self._kept_steps(block)
        match block:
            case Heading():
                self.mark(self.paragraph(block.text, f"Heading {block.level}"), block.anchor)
            case Line():
                self.line(block)
            case Said():
                self.said(block)
            case Statement():
                self.statement(block)
            case Grid():
                self.grid(block)
            case Entry():
                self.entry(block)

    def paragraph(self, text: str = "", style: str = "Normal") -> "Paragraph":
        found = self.word.add_paragraph()
        found._p.style = self.styles[style]
        if text:
            found.add_run(clean(text))
        return found

    def _kept_steps(self, block: Block) -> int:
        """Quotes stand between steps without ending their count."""
        return self.steps if isinstance(block, Said) else 0

    def line(self, line: Line) -> None:
        """Steps carry their own number: a list of Word would count on through the document."""
        paragraph = self.paragraph(style="List Paragraph" if line.kind == "step" else STYLE[line.kind])
        if line.kind == "step":
            paragraph.add_run(f"{self.steps}.  ").bold = True
        if line.label:
            paragraph.add_run(f"{clean(line.label)}: ").bold = True
        paragraph.add_run(clean(line.text))

    def statement(self, one: Statement) -> None:
        paragraph = self.paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(f"{one.ref}  ").bold = True
        paragraph.add_run(clean(one.text))
        self.mark(paragraph, one.anchor)
        if one.note:
            self.paragraph(one.note, "Caption").paragraph_format.keep_with_next = True
        facts = self.paragraph("; ".join(one.facts), "Caption")
        facts.paragraph_format.keep_with_next = bool(one.said)
        for said in one.said:
            if said.against and one.against and said is next(it for it in one.said if it.against):
                self.paragraph(f"{one.against}:", "Caption")
            self.said(said)

    def said(self, said: Said) -> None:
        from docx.shared import Cm

        paragraph = self.paragraph(style="Quote" if said.number else "Caption")
        paragraph.paragraph_format.left_indent = Cm(0.8)
        paragraph.add_run(clean(said.text))
        by = paragraph.add_run(clean(f"  {said.by} "))
        by.italic = False
        if said.number:
            _link(paragraph, f"[{said.number}]", _name(f"e-{said.number}"))

    def entry(self, one: Entry) -> None:
        paragraph = self.paragraph()
        paragraph.add_run(f"[{one.number}]  ").bold = True
        paragraph.add_run(clean(one.text))
        paragraph.add_run(clean(f"  {one.by}  "))
        self.mark(paragraph, f"e-{one.number}")
        for ref, anchor in one.uses:
            _link(paragraph, f"{ref} ", _name(anchor))

    def grid(self, grid: Grid) -> None:
        from docx.shared import Pt

        table = self.word.add_table(rows=1, cols=len(grid.head), style=TABLE)
        _repeat(table.rows[0])
        # Adding cell by cell would look through the whole table each time.
        rows = [table.rows[0].cells, *(table.add_row().cells for _ in grid.rows)]
        for cells, texts in zip(rows, [grid.head, *grid.rows], strict=True):
            for cell, text in zip(cells, texts, strict=True):
                run = cell.paragraphs[0].add_run(clean(text))
                run.font.size = Pt(8 if len(grid.head) >= MANY_COLUMNS else 9.5)
        self.paragraph()

    def mark(self, paragraph: "Paragraph", anchor: str) -> None:
        """A bookmark around the paragraph; none where nothing leads there."""
        if not anchor:
            return
        self.marks += 1
        start = _element("w:bookmarkStart", id=str(self.marks), name=_name(anchor))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(_element("w:bookmarkEnd", id=str(self.marks)))


def _properties(word: "Word", view: PlaybookView) -> None:
    about, epoch = word.core_properties, datetime(*NO_TIME)
    about.title, about.author, about.last_modified_by = clean(view.title)[:255], "Dramatis", "Dramatis"
    about.comments, about.created, about.modified = "", epoch, epoch


def _head(word: "Word", view: PlaybookView) -> None:
    audience = f" for {view.audience}" if view.audience else ""
    product = f" · {view.product}" if view.product else ""
    word.add_paragraph(clean(f"Persona playbook{audience}{product}"), style="Subtitle")
    word.add_heading(clean(view.title), level=0)
    if view.question:
        word.add_paragraph(clean(view.question))
    if view.use:
        word.add_paragraph(clean(view.use), style="Intense Quote")


def _name(anchor: str) -> str:
    """The anchor as Word takes it for a bookmark: letters, figures and underscores, a letter first, at most 40."""
    return "d_" + anchor.replace("-", "_")[:38]


def _link(paragraph: "Paragraph", text: str, name: str) -> None:
    """A link inside the document."""
    from docx.shared import RGBColor

    run = paragraph.add_run(clean(text))
    run.font.color.rgb = RGBColor.from_string(ACCENT)
    run.italic = False
    link = _element("w:hyperlink", anchor=name, history="1")
    paragraph._p.append(link)
    link.append(run._r)


def _repeat(row: Any) -> None:
    """The row is the table's header, on every page it goes over."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)
    return found


def _timeless(packed: bytes) -> bytes:
    """The same zip without the times its members were written at."""
    with ZipFile(BytesIO(packed)) as before:
        return zipped((name, before.read(name)) for name in before.namelist())
