"""Word documents, made here with python-docx. All examples are invented."""

import io
import zipfile

import pytest
from docx import Document

from retrieval.errors import UnreadableSource
from retrieval.readers.office import read_docx
from retrieval.readers.reading import Reading


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.of(reading.text)) for turn in reading.turns]


def test_speaker_paragraphs_become_turns_in_a_composed_text() -> None:
    reading = read_docx(docx("Interview 4", "Dana: Why?", "P01: One.", "", "Two.", "Dana: And?", "P01: No."), "a.docx")
    assert reading.text == "Interview 4\n\nDana: Why?\n\nP01: One.\nTwo.\n\nDana: And?\n\nP01: No."
    assert told(reading) == [("Dana", "Why?"), ("P01", "One.\nTwo."), ("Dana", "And?"), ("P01", "No.")]


def test_bold_labels_and_line_breaks_inside_a_paragraph_are_read() -> None:
    document = Document()
    document.add_paragraph().add_run("Dana:").bold = True
    document.paragraphs[0].add_run(" Why?\nP01: So.\nDana: And?")
    assert told(read_docx(saved(document), "a.docx")) == [("Dana", "Why?"), ("P01", "So."), ("Dana", "And?")]


def test_names_and_times_on_lines_of_their_own_are_read() -> None:
    reading = read_docx(docx("Dana Doe   0:03", "Why?", "Sam Poe   0:07", "So.", "Dana Doe   0:09", "And?",
                             "Sam Poe   0:12", "No."), "a.docx")  # fmt: skip
    assert [(turn.speaker, turn.time_start) for turn in reading.turns][:2] == [("Dana Doe", 3.0), ("Sam Poe", 7.0)]
    assert reading.text.startswith("Dana Doe: Why?\n\nSam Poe: So.")


def test_a_table_with_a_column_of_speakers_is_read() -> None:
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for time, who, words in [("00:01", "Dana", "Why?"), ("00:04", "P01", "So: it is."), ("00:06", "Dana:", "And?")]:
        for cell, text in zip(table.add_row().cells, (time, who, words), strict=True):
            cell.text = text
    assert told(read_docx(saved(document), "a.docx")) == [("Dana", "Why?"), ("P01", "So: it is."), ("Dana", "And?")]


def test_a_document_without_labels_has_text_but_no_turns() -> None:
    reading = read_docx(docx("We met.", "It went well."), "a.docx")
    assert (reading.text, reading.turns) == ("We met.\nIt went well.", [])


def renamed_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("P01.txt", "Dana: Why?")
    return buffer.getvalue()


def damaged() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("Dana: Why?"))) as whole, zipfile.ZipFile(buffer, "w") as archive:
        for part in whole.namelist():
            archive.writestr(part, b"<broken" if part == "word/document.xml" else whole.read(part))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b"Dana: Why?", "not a Word document", id="plain text"),
        pytest.param(b"PK\x03\x04rubbish", "not a Word document", id="the beginning of a zip"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "old or a locked", id="an old .doc"),
        pytest.param(renamed_zip(), "zip archive renamed", id="a renamed zip"),
        pytest.param(damaged(), "damaged", id="broken XML inside"),
        pytest.param(docx(""), "holds no text", id="no words"),
    ],
)
def test_other_files_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_docx(raw, "a.docx")


def with_body(xml: str, *paragraphs: str) -> bytes:
    """A document with paragraphs, and `xml` in front of them."""
    spaces = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(*paragraphs))) as whole, zipfile.ZipFile(buffer, "w") as archive:
        for part in whole.namelist():
            raw = whole.read(part)
            if part == "word/document.xml":
                raw = raw.replace(b"<w:body>", f'<w:body xmlns:w="{spaces}">{xml}'.encode())
            archive.writestr(part, raw)
    return buffer.getvalue()


REST = ("P01: So.", "Dana: And?", "P01: No.")


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p><w:r><w:t>Dana: </w:t></w:r><w:ins><w:r><w:t>Why?</w:t></w:r></w:ins></w:p>",
        "<w:p><w:r><w:t>Dana: Why</w:t></w:r><w:del><w:r><w:delText> not</w:delText></w:r></w:del>"
        "<w:r><w:t>?</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Dana: Why?</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:hyperlink><w:r><w:t>Dana</w:t></w:r></w:hyperlink><w:r><w:t>: Why?</w:t></w:r></w:p>",
    ],
    ids=["inserted words", "deleted words", "a content control", "a link"],
)
def test_words_are_found_wherever_word_keeps_them(xml: str) -> None:
    assert told(read_docx(with_body(xml, *REST), "a.docx"))[0] == ("Dana", "Why?")


def test_a_text_box_is_left_out_and_said() -> None:
    box = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>aside</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    reading = read_docx(with_body(box, "Dana: Why?", *REST), "a.docx")
    assert "aside" not in reading.text and reading.repairs == ["the text boxes of the document were left out"]


def test_a_teams_document_is_read() -> None:
    document = Document()
    for time, who, words in [("0:0:0.0 --> 0:0:1.500", "Dana Doe", "Why?"), ("0:0:2.0 --> 0:0:3.5", "Sam Poe", "So.")]:
        document.add_paragraph(f"{time}\n{who}\n{words}")
    reading = read_docx(saved(document), "a.docx")
    assert [(turn.speaker, turn.of(reading.text), turn.time_start) for turn in reading.turns] == [
        ("Dana Doe", "Why?", 0.0), ("Sam Poe", "So.", 2.0),
    ]  # fmt: skip
