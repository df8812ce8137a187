"""Rows of tables in text and in Excel. All examples are invented."""

import datetime
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from evals.bench.sample_files import SHEET_NS, xlsx, zipped
from retrieval.errors import UnreadableSource
from retrieval.readers import read_rows

ROWS = [["id", "note"], ["1", "One, two"], ["2", "Größe"]]


def cells(raw: bytes | Path, where: str = "a.csv") -> list[list[str]]:
    return [row.cells for row in read_rows(raw, where)]


def text(delimiter: str) -> str:
    return "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_told(delimiter: str, encoding: str) -> None:
    assert cells(text(delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["Windows", "old Macs"])
def test_line_ends_of_other_systems(ending: str) -> None:
    assert cells(text(",").replace("\n", ending).encode()) == ROWS


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("note\nHello, there, you\nYes, so\nNo", [["note"], ["Hello, there, you"], ["Yes, so"], ["No"]]),
        ('a;b\n1;"x;y\nz"\n\n3;4', [["a", "b"], ["1", "x;y\nz"], ["3", "4"]]),
        ("Export of May\n\na;b,c\n1;2\n3;4,5", [["Export of May"], ["a", "b,c"], ["1", "2"], ["3", "4,5"]]),
    ],
    ids=["one column with commas", "a delimiter and a line end in quotes", "a title above"],
)
def test_tables_that_are_not_plain(raw: str, expected: list[list[str]]) -> None:
    assert cells(raw.encode()) == expected


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    assert [row.line for row in read_rows(b'a,b\n"1\n2",x\n\n3,y\n')] == [1, 2, 5]


@pytest.mark.parametrize(
    ("raw", "words", "line"),
    [
        (b"", "empty", None),
        (b"PK\x03\x04", "binary", None),
        (b'a,b\n1,"x\n', "row cannot be read", 2),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "larger than field limit", 2),
        (b"a,b\n\xc3\xa9,\xc3\xa9\n1,\xff\xff", "no text encoding", 1),
        ("a,b\né,éé".encode()[:-1] + b"\n", "no text encoding", 1),
    ],
    ids=[
        "no bytes",
        "a spreadsheet",
        "a quote never closed",
        "a cell without end",
        "bytes of no encoding",
        "half a sign",
    ],
)
def test_other_files_are_refused(raw: bytes, words: str, line: int | None) -> None:
    with pytest.raises(UnreadableSource, match=words) as refusal:
        cells(raw)
    assert refusal.value.line == line


def test_a_stray_encoding_is_found_far_into_a_file() -> None:
    raw = b"id,note\n" + b"1,plain words\n" * 200_000 + "2,Größe\n".encode("cp1252")
    assert cells(raw)[-1] == ["2", "Größe"]


def peak(rows: Iterator[object]) -> int:
    tracemalloc.start()
    for _ in rows:
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def long_book(path: Path, count: int) -> Path:
    """A workbook of `count` rows with a string of its own in each."""
    with zipfile.ZipFile(io.BytesIO(xlsx([["id", "note"]]))) as small, zipfile.ZipFile(path, "w", 8) as book:
        for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            book.writestr(name, small.read(name))
        rows = "".join(f'<row r="{n}" ht="12"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>{n - 1}</v></c></row>'
                       for n in range(1, count + 1))  # fmt: skip
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {SHEET_NS}><sheetData>{rows}</sheetData></worksheet>")
        strings = "".join(f"<si><t>{n} {'words ' * 40}</t></si>" for n in range(count))
        book.writestr("xl/sharedStrings.xml", f"<sst {SHEET_NS}>{strings}</sst>")
    return path


def test_memory_does_not_grow_with_the_rows_of_a_text(tmp_path: Path) -> None:
    short, long = tmp_path / "short.csv", tmp_path / "long.csv"
    short.write_text("id,note\n" + "1,some words\n" * 2_000, "utf-8")
    long.write_text("id,note\n" + "1,some words\n" * 40_000, "utf-8")
    assert peak(read_rows(long)) < 1.5 * peak(read_rows(short)) + 1_500_000


def test_memory_does_not_grow_with_the_rows_of_a_workbook(tmp_path: Path) -> None:
    rows = peak(read_rows(long_book(tmp_path / "a.xlsx", 30_000)))
    assert rows < 11_000_000  # 8 MB of strings in memory; 240 bytes × 30,000 rows would be 7 MB more, twice over


def test_a_workbook_gives_its_sheets_values() -> None:
    styles = f'<styleSheet {SHEET_NS}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    sheet = (
        '<row r="2"><c r="B2" t="inlineStr"><is><r><t>Gr</t></r><r><t>öße</t></r></is></c>'
        '<c r="D2"><v>4.50</v></c></row>'
        '<row r="5"><c t="b"><v>1</v></c><c s="1"><v>45352</v></c><c s="1"><v>45352.4375</v></c>'
        '<c t="e"><v>#N/A</v></c>'
        '<c t="str"><v>a formula</v></c></row>'
    )
    rows = list(read_rows(book(sheet, styles), "a.xlsx"))
    assert [(row.line, row.cells) for row in rows] == [
        (2, ["", "Größe", "", "4.5"]), (5, ["true", "2024-03-01", "2024-03-01 10:30:00", "", "a formula"]),
    ]  # fmt: skip


def book(sheet: str, styles: str = "", **parts: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as small:
        files = {name: small.read(name) for name in small.namelist()}
    relations = files["xl/_rels/workbook.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    more = f'<Relationship Id="rId9" Type="{kind}" Target="/xl/styles.xml"/></Relationships>'
    files["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", more).encode()
    files["xl/styles.xml"] = (styles or f"<styleSheet {SHEET_NS}/>").encode()
    files["xl/worksheets/sheet1.xml"] = f"<worksheet {SHEET_NS}><sheetData>{sheet}</sheetData></worksheet>".encode()
    return zipped({**files, **{name: part.encode() for name, part in parts.items()}})


ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"id,note", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old or a locked"),
        (zipped({"a.txt": b"x"}), "damaged or missing"),
        (xlsx([]), "workbook is empty"),
        (book(ROW.replace("</row>", "")), "damaged"),
        (book('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "line 1: the row points at a string"),
        (book('<row r="1"><c r="XFD1"><v>7</v></c></row>'), "more than 2000 columns"),
        (book(ROW, "<!DOCTYPE a [<!ENTITY b 'c'>]><styleSheet/>"), "entities of its own"),
        (book(ROW + " " * 8_000_000), "unpacks to far more"),
    ],
    ids=["no bytes", "text", "an old .xls", "another zip", "no rows", "broken XML", "a string that is not there",
         "endless columns", "entities", "a bomb"],
)  # fmt: skip
def test_other_workbooks_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        cells(raw, "a.xlsx")


def test_a_workbook_written_by_a_library_gives_the_same_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["participant", "when", "seats", "share", "agrees", "words"])
    sheet.append(["P01", datetime.date(2026, 3, 2), 40, 0.5, True, "Größe <zählt> & mehr\nals eine Zeile"])
    sheet.append(["P02", datetime.datetime(2026, 3, 2, 10, 30), -1.25, None, False, "  "])
    stored = io.BytesIO()
    book.save(stored)
    cells = [row.cells for row in read_rows(stored.getvalue(), "a.xlsx")]
    assert cells[0] == ["participant", "when", "seats", "share", "agrees", "words"]
    assert cells[1] == ["P01", "2026-03-02", "40", "0.5", "true", "Größe <zählt> & mehr\nals eine Zeile"]
    assert cells[2][:5] == ["P02", "2026-03-02 10:30:00", "-1.25", "", "false"]
