"""OpenDocument texts, made here. All examples are invented."""

import pytest

from evals.bench.sample_files import odt, zipped
from retrieval.errors import UnreadableSource
from retrieval.readers.opendocument import read_odt

HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
)
TAIL = "</office:text></office:body></office:document-content>"


def document(body: str, head: str = HEAD) -> bytes:
    return zipped({"content.xml": (head + body + TAIL).encode()})


def test_paragraphs_become_turns() -> None:
    reading = read_odt(odt(["Call 4", "Dana: Why?", "P01: One.", "Two.", "Dana: And?", "P01: No."]), "a.odt")
    assert reading.text == "Call 4\n\nDana: Why?\n\nP01: One.\nTwo.\n\nDana: And?\n\nP01: No."


def test_spans_tabs_spaces_and_line_breaks_are_text() -> None:
    body = (
        '<text:h>Dana: <text:span>Why</text:span><text:s text:c="2"/>so?<text:line-break/>P01:<text:tab/>So.</text:h>'
    )
    reading = read_odt(document(body + "<text:p>Dana: And?</text:p><text:p>P01: No.</text:p>"), "a.odt")
    assert [turn.of(reading.text) for turn in reading.turns] == ["Why  so?", "So.", "And?", "No."]


def test_rows_of_a_table_are_labelled_lines() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = [("Dana", "Why?"), ("P01", "So."), ("Dana", "And?"), ("P01", "No.")]
    inner = "".join(f"<table:table-row>{cell.format(who)}{cell.format(words)}</table:table-row>" for who, words in rows)
    reading = read_odt(document(f"<table:table>{inner}</table:table>"), "a.odt")
    assert [(turn.speaker, turn.of(reading.text)) for turn in reading.turns] == rows


def test_deletions_comments_and_footnotes_are_left_out_and_said() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:p>Dana: Why?<office:annotation><text:p>a remark</text:p></office:annotation></text:p>"
        "<text:p>P01: So<text:note><text:p>below</text:p></text:note>.</text:p>"
    )
    reading = read_odt(document(body), "a.odt")
    assert reading.text == "Dana: Why?\n\nP01: So."
    assert reading.repairs == ["the comments, footnotes of the document were left out"]


BOMB = '<!DOCTYPE a [<!ENTITY b "words">]>' + HEAD


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"Dana: Why?", "not an OpenDocument text"),
        (zipped({"P01.txt": b"Dana: Why?"}), "zip archive renamed"),
        (document("<text:p>Dana"), "XML is damaged"),
        (document("<text:p>&b;</text:p>", BOMB), "entities of its own"),
        (zipped({"content.xml": b"<a/>"}), "no text document"),
        (zipped({"content.xml": b" " * 6_000_000}), "unpacks to far more"),
        (odt([""]), "holds no text"),
    ],
    ids=["no bytes", "plain text", "a renamed zip", "broken XML", "entities", "another document", "a bomb", "no words"],
)
def test_other_files_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_odt(raw, "a.odt")
