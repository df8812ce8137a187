"""Rows of Excel workbooks (.xlsx, ECMA-376), streamed: memory does not grow with the sheet.

Sheets are parsed row by row; the strings that cells share lie in a temporary file once they are many.
openpyxl's read-only mode keeps an element for every row and all strings, 400 MB for a million rows.
Formulas give the value that was saved; dates are written as ISO 8601, truth values as true and false.
"""

import posixpath
import re
import tempfile
import weakref
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from retrieval.errors import UnreadableSource
from retrieval.readers.files import opened
from retrieval.readers.parts import DAMAGE, open_parts, parse_xml, read_part
from retrieval.readers.rows import Row, Sheet

RESAVE = "Open it in a spreadsheet program, save it as .xlsx or .csv and import that file"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# Sheets are streamed, so much may be unpacked; the ratio of each part still tells a bomb.
MOST_UNPACKED = 8_000_000_000
MOST_COLUMNS = 2_000
IN_MEMORY = 8_000_000  # bytes of shared strings; more lie on disk
STREAM = {"events": ("end",), "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
COLUMN = re.compile(r"([A-Z]{1,3})\d*")
# The formats of dates and times that Excel does not write out (ECMA-376 part 1, 18.8.30).
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


def workbook_sheets(source: Path | bytes, where: str) -> list[Sheet]:
    """The visible sheets of a workbook that hold anything. Raises UnreadableSource for what is no workbook."""
    _refuse_others(source, where)
    book = Workbook(source, where)
    filled = [name for name in book.sheets if next(book.rows(name), None)]
    if not filled:
        raise UnreadableSource(where, "the workbook is empty", "Check that it is the right file")
    return [_sheet(book, name, f"{where}/{name}" if len(filled) > 1 else where) for name in filled]


def _sheet(book: "Workbook", name: str, shown: str) -> Sheet:
    return Sheet(shown, lambda: book.rows(name))


def _refuse_others(source: Path | bytes, where: str) -> None:
    with opened(source, where) as stream:
        head = stream.read(4)
    if not head.strip():
        raise UnreadableSource(where, "the file is empty", "Export the table again and import the new file")
    if head == OLD_EXCEL:
        raise UnreadableSource(where, "this is an old or a locked Excel workbook", RESAVE)


@dataclass(frozen=True)
class Workbook:
    """A workbook on disk or in memory. Every method raises UnreadableSource where its part is damaged."""

    source: Path | bytes
    where: str

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything."""
        strings, dates = self._strings, self._date_styles
        line = 0
        for element in self._elements(self.sheets[sheet], "row"):
            place = element.get("r", "")
            line = int(place) if place.isascii() and place.isdigit() and len(place) < 9 else line + 1
            try:
                cells = _cells(element, strings, dates, self._epoch, self.where)
            except IndexError:
                raise UnreadableSource(
                    self.where, "the row points at a string that is not there", RESAVE, line
                ) from None
            if any(cells):
                yield Row(line, cells)

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The part of each visible sheet, by its name, in the order of the workbook."""
        targets = {relation.get("Id"): relation for relation in self._relations}
        found = {}
        for sheet in self._root.iter("{*}sheet"):
            ids = [value for name, value in sheet.attrib.items() if etree.QName(name).localname == "id"]
            relation = targets.get(ids[0] if ids else None)
            visible = sheet.get("state", "visible") == "visible"
            if relation is not None and visible and relation.get("Type", "").endswith("/worksheet"):
                found[sheet.get("name", "")] = _target(relation)
        return found

    @cached_property
    def _root(self) -> Any:
        return self._xml("xl/workbook.xml")

    @cached_property
    def _relations(self) -> list[Any]:
        return list(self._xml("xl/_rels/workbook.xml.rels").iter("{*}Relationship"))

    @cached_property
    def _epoch(self) -> datetime:
        settings = self._root.find("{*}workbookPr")
        old = settings is not None and settings.get("date1904", "0") in ("1", "true")
        return EPOCH_1904 if old else EPOCH

    @cached_property
    def _strings(self) -> "Strings":
        strings = Strings()
        part = self._part("/sharedStrings")
        for element in self._elements(part, "si") if part else ():
            strings.append(_plain(element))
        return strings

    @cached_property
    def _date_styles(self) -> set[int]:
        """The numbers of the cell styles that show a date or a time."""
        part = self._part("/styles")
        if not part:
            return set()
        root = self._xml(part)
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
        own = {number for number, code in codes.items() if re.search(r"[dmyhs]", QUOTED.sub("", code).lower())}
        dates = own | {str(number) for number in DATE_FORMATS} - codes.keys()
        return {n for n, style in enumerate(root.findall("{*}cellXfs/{*}xf")) if style.get("numFmtId") in dates}

    def _part(self, kind: str) -> str | None:
        return next((_target(one) for one in self._relations if one.get("Type", "").endswith(kind)), None)

    def _xml(self, part: str) -> Any:
        with self._open() as archive:
            return parse_xml(read_part(archive, part, self.where, RESAVE), self.where, RESAVE)

    def _elements(self, part: str, name: str) -> Iterator[Any]:
        """The elements of one name of a part, each gone from memory when the next is asked for."""
        try:
            with self._open() as archive, archive.open(part) as stream:
                for _, element in etree.iterparse(stream, tag=f"{{*}}{name}", **STREAM):
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except (*DAMAGE, etree.XMLSyntaxError):
            raise UnreadableSource(self.where, f"its part {part} is damaged or missing", RESAVE) from None

    def _open(self) -> zipfile.ZipFile:
        return open_parts(self.source, self.where, "an Excel workbook", RESAVE, MOST_UNPACKED)


class Strings:
    """A list of strings that only ever grows, and lies on disk when it is long, in a file that dies with it."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed with the list)
        weakref.finalize(self, self._file.close)
        self._ends = array("Q", [0])

    def append(self, text: str) -> None:
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "replace")))

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._ends) - 1:
            raise IndexError(index)
        start, end = self._ends[index], self._ends[index + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8")


def _target(relation: Any) -> str:
    target = str(relation.get("Target", ""))
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _cells(row: Any, strings: Strings, dates: set[int], epoch: datetime, where: str) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren("{*}c"):
        column = _column(cell.get("r", ""), len(cells))
        if column >= MOST_COLUMNS:
            raise UnreadableSource(where, f"the sheet has more than {MOST_COLUMNS} columns", "Leave some out")
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = _value(cell, strings, dates, epoch).strip()
    return cells


def _column(place: str, after: int) -> int:
    """The number of a cell's column, from 0: `C7` stands in column 2; a cell without a place follows the last."""
    found = COLUMN.match(place)
    if not found:
        return after
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any, strings: Strings, dates: set[int], epoch: datetime) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _plain(cell)
    value = str(cell.findtext("{*}v", "")).strip() if kind != "str" else str(cell.findtext("{*}v", ""))
    if kind == "s":
        return strings[int(value)] if value.isascii() and value.isdigit() and len(value) < 10 else ""
    if kind == "b":
        return "true" if value == "1" else "false"
    if kind == "e":
        return ""
    return _number(value, cell.get("s", "0"), dates, epoch) if kind == "n" and value else value


def _number(value: str, style: str, dates: set[int], epoch: datetime) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if style.isascii() and style.isdigit() and len(style) < 7 and int(style) in dates and 0 <= number < 2_958_466:
        return _date(number, epoch)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"


def _date(number: float, epoch: datetime) -> str:
    moment = epoch + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%Y-%m-%d" if number.is_integer() else "%Y-%m-%d %H:%M:%S")


def _plain(element: Any) -> str:
    """The text of a string's runs, without the reading aids of East Asian text."""
    runs = element.iter("{*}t")
    return "".join(run.text or "" for run in runs if etree.QName(run.getparent()).localname != "rPh")
