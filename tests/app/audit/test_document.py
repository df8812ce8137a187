"""Documents are read in four formats, and refused in words where they cannot be."""

import json
from pathlib import Path

import pytest
from docx import Document

from app.audit.document import MOST_CHARACTERS, read_document
from app.audit.pieces import Piece, cut
from app.errors import BadInput
from retrieval.errors import UnreadableSource

CLAIM = "Finance signs whatever costs more than a van."


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_word_styles_become_marks(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("How she buys", level=1)
    document.add_paragraph(CLAIM, style="List Bullet")
    document.add_paragraph("We wait for months.", style="Quote")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Age", "47"
    document.save(str(tmp_path / "a.docx"))
    assert cut(read_document(tmp_path / "a.docx")) == [
        Piece("How she buys", checkable=False), Piece(CLAIM), Piece("We wait for months.", True),
        Piece("Age: 47", checkable=False),
    ]  # fmt: skip


def test_json_keys_say_what_a_string_is(tmp_path: Path) -> None:
    persona = {
        "name": "Greta", "age": 47, "needs": [CLAIM], "quotes": ["We wait for months."],
        "voices": [{"quote": "It is slow.", "participant": "P02"}], "published": True,
    }  # fmt: skip
    assert cut(read_document(written(tmp_path / "a.json", json.dumps(persona)))) == [
        Piece("name: Greta", checkable=False), Piece("age: 47", checkable=False), Piece(CLAIM),
        Piece("We wait for months.", True), Piece("It is slow.", True, "P02"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        pytest.param("a.pages", "x", "reads .md", id="unknown format"),
        pytest.param("a.md", "  \n", "empty", id="blank"),
        pytest.param("a.json", "{", "not JSON", id="broken JSON"),
        pytest.param("a.json", "[" * 100_000, "not JSON", id="bottomless JSON"),
        pytest.param("a.json", "{}", "empty", id="empty JSON"),
        pytest.param("a.txt", f"{CLAIM}\n" * 110_000, f"{MOST_CHARACTERS:,}", id="five megabytes"),
    ],
)
def test_what_is_no_persona_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises((BadInput, UnreadableSource), match=says):
        read_document(written(tmp_path / name, text))


@pytest.mark.parametrize("raw", [b"", b"no zip", b"PK\x03\x04 broken"], ids=["empty", "no zip", "broken zip"])
def test_a_damaged_word_file_is_named(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(raw)
    with pytest.raises(UnreadableSource, match=r"a\.docx"):
        read_document(tmp_path / "a.docx")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"gone\.md"):
        read_document(tmp_path / "gone.md")
