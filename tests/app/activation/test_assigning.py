"""Contacts are assigned with reasons, or not at all. All contacts are invented."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.activation.assigning import Assigner
from app.activation.contacts import open_contacts
from app.activation.filing import must_not_replace, write_assignments
from app.activation.tally import Tally
from app.activation.writing import PROPERTIES, UNASSIGNED, as_csv, as_json, persona_of
from app.cells import BOM
from app.errors import BadInput
from app.models.assignment import Assignment, RuleBook
from retrieval.errors import UnreadableSource

HEADER = [
    "Record ID",
    "Email",
    "Job Title",
    "Number of Employees",
    "Budget line",
    "Approver confirmed",
    "Overdue invoices",
]
ROWS = [
    ["1", "one@example.com", "Head of IT", "1,400", "", "", ""],
    ["2", "two@example.com", "Florist", "", "", "", ""],
    ["3", "three@example.com", "IT manager", "2000", "none", "false", "2"],
    ["=1+1", "=cmd|x@example.com", '=HYPERLINK("x")', "<b>", "", "", ""],
]


def table(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([header, *rows])
    return written.getvalue().encode()


def as_rows(found: list[Assignment]) -> list[str]:
    return "".join(as_csv(found, ["Record ID"], "a checklist")).removeprefix(BOM).splitlines()


def told(book: RuleBook, raw: bytes, name: str = "contacts.csv") -> list[Assignment]:
    return list(map(Assigner(book).assign, open_contacts(raw, name, book.fields).rows()))


def test_a_contact_has_a_persona_with_reasons_in_words(book: RuleBook) -> None:
    one = told(book, table(ROWS))[0]
    assert one.macro.name == "Answerable IT professional"
    assert one.macro.why[0] == "role contains “it”: 8 of 9 in this segment, 0 of 8 others"
    assert one.micro.segment_id is None and one.ask.endswith("?"), "a micro persona takes a question"
    assert one.keys == {"Record ID": "1"}, "an address is not kept where the CRM has an id"


def test_who_fits_nothing_is_unassigned_and_told_what_is_missing(book: RuleBook) -> None:
    one = told(book, table(ROWS))[1]
    assert persona_of(one) == UNASSIGNED and one.ask.endswith("?")
    assert "organisation_size" in one.missing


def test_a_poor_fit_is_suppressed_with_the_tests_that_hold(book: RuleBook) -> None:
    one = told(book, table(ROWS))[2]
    assert "3 of 8 tests hold, 3 are enough" in one.suppressed and "budget line is “none”" in one.suppressed
    assert persona_of(one) == UNASSIGNED
    fewer = told(book, table([[*ROWS[2][:5], "", ""]]))[0]
    assert not fewer.suppressed


def test_hostile_cells_come_out_inert(book: RuleBook) -> None:
    rows = list(csv.reader(as_rows(told(book, table(ROWS)))))
    assert rows[4][1] == "'=1+1"
    assert all(cell[:1] not in "=+-@" for row in rows for cell in row if cell)


def test_order_and_other_columns_change_nothing(book: RuleBook) -> None:
    kinds = [(role, size) for role in ("Head of IT", "Operations manager", "Buyer") for size in ("10", "5000", "")]
    rows = [[str(n), "", role, size, "", "", ""] for n, (role, size) in enumerate(kinds)]
    plainly = {one.keys["Record ID"]: one.macro for one in told(book, table(rows))}
    rows.reverse()
    widened = table([[*row, "female", "41"] for row in rows], [*HEADER, "Gender", "Shoe size"])
    assert {one.keys["Record ID"]: one.macro for one in told(book, widened)} == plainly


def test_rows_that_stand_there_twice_get_the_same_answer(book: RuleBook) -> None:
    first, again = told(book, table([ROWS[0], ROWS[0]]))
    assert again == first.model_copy(update={"line": 3})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(book: RuleBook, encoding: str) -> None:
    raw = table([["1", "zoë@example.com", "Head of IT", "1400", "", "", ""]]).decode().encode(encoding)
    assert told(book, raw)[0].macro.segment_id


def test_what_cannot_be_used_is_said(book: RuleBook) -> None:
    with pytest.raises(BadInput, match=r"no column holds what the rules test.*“colour”, “shape”"):
        told(book, b"colour,shape\nred,round\n")
    with pytest.raises(BadInput, match="is no table of contacts"):
        told(book, b"x", "contacts.pdf")
    with pytest.raises(UnreadableSource, match="empty"):
        told(book, b"")
    with pytest.raises(UnreadableSource, match="line 3"):
        told(book, b"Record ID,Job Title\n1,Buyer\n2,Buyer,too,many\n")


def test_a_file_is_written_whole_or_not_at_all(book: RuleBook, tmp_path: Path) -> None:
    good = open_contacts(table(ROWS), "c.csv", book.fields)
    tally = write_assignments(book, good, tmp_path / "out.json", "json", "a checklist")
    assert (tally.rows, tally.suppressed) == (4, 1)
    assert [one["line"] for one in json.loads((tmp_path / "out.json").read_text())] == [2, 3, 4, 5]
    bad = open_contacts(b"Job Title,Industry\nBuyer,Food\nBuyer,Food,more\n", "c.csv", book.fields)
    with pytest.raises(UnreadableSource):
        write_assignments(book, bad, tmp_path / "bad.csv", "csv", "a checklist")
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]


def test_who_is_not_assigned_has_no_confidence_and_no_next_action(book: RuleBook) -> None:
    found = list(csv.DictReader(as_rows(told(book, table(ROWS)))))
    assert list(found[0]) == ["line", "Record ID", *PROPERTIES]
    assert found[0]["dramatis_next_action"] == "a checklist" and 0.5 <= float(found[0]["dramatis_confidence"]) <= 1
    for one in found[1:]:
        assert one["dramatis_persona"] == UNASSIGNED
        assert (one["dramatis_confidence"], one["dramatis_next_action"]) == ("", "")


def test_the_table_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    source, link = tmp_path / "contacts.csv", tmp_path / "same.csv"
    source.write_bytes(table(ROWS))
    link.symlink_to(source)
    for out in (source, link, tmp_path / "." / "contacts.csv"):
        with pytest.raises(BadInput, match="is the table of contacts itself"):
            must_not_replace(source, out)
    must_not_replace(source, tmp_path / "other.csv")


def test_the_tally_says_what_the_rules_cannot_do(book: RuleBook) -> None:
    tally = Tally()
    assert "".join(as_json(tally.counted([]))) == "[]\n"
    list(tally.counted(told(book, table(ROWS))))
    said = tally.sentences(book)
    assert said[0] == "4 rows: 1 Answerable IT professional, 2 unassigned, 1 suppressed."
    assert any("told by a question, not by attributes" in one for one in said)
