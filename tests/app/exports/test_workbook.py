"""study.xlsx, read by another library: the same claims and quotes, text as text, equal whenever it is made."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.cells import Cell
from app.exports.outgoing import Outgoing, load_outgoing
from app.exports.tables import claims_table, quotes_table
from app.exports.workbook import CUT, MOST, fitted, study_xlsx
from app.workbench import Workbench

SHEETS = ["Read me", "Personas", "Claims", "Quotes", "Codebook", "Themes", "Segments", "Participants"]
LINK = '=HYPERLINK("http://example.org","x")'
HOSTILE = [LINK, "<r><t>mark</t></r>", "http://example.org", "+1", "{=1}", "12"]


@pytest.fixture(scope="module")
def made(out: Outgoing) -> bytes:
    return study_xlsx(out)


@pytest.fixture(scope="module")
def book(made: bytes) -> Book:
    return load_workbook(BytesIO(made))


def cells(sheet: Worksheet) -> list[list[Cell]]:
    return [[None if cell == "" else cell for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


def with_texts(out: Outgoing, texts: list[str]) -> Outgoing:
    """The study with one persona that has a claim for each text."""
    one = next(one for one in out.whole.personas if one.grounded_claims())
    claim = one.grounded_claims()[0]
    claims = [claim.model_copy(update={"text": text, "id": f"cl_{n}"}) for n, text in enumerate(texts)]
    bare = {name: [] for name, value in one if isinstance(value, list) and name not in ("definition", "micro_ids")}
    changed = one.model_copy(update={**bare, claim.field: claims})
    return Outgoing(out.bench, out.whole.model_copy(update={"personas": [changed]}))


def test_its_sheets_can_be_filtered_and_keep_their_heads_in_sight(book: Book) -> None:
    assert book.sheetnames == SHEETS
    for name in SHEETS[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        assert sheet.max_row > 1 and sheet["A2"].alignment.wrap_text


@pytest.mark.parametrize(("name", "table"), [("Claims", claims_table), ("Quotes", quotes_table)])
def test_claims_and_quotes_are_those_of_the_study(book: Book, out: Outgoing, name: str, table) -> None:  # type: ignore[no-untyped-def]
    wanted = table(out)
    assert [cell.value for cell in book[name][1]] == list(wanted.columns)
    assert cells(book[name]) == [[None if cell == "" else cell for cell in row] for row in wanted.rows]


def test_people_have_a_column_for_each_attribute(book: Book, out: Outgoing) -> None:
    heads = [cell.value for cell in book["Participants"][1]]
    rows = [dict(zip(heads, row, strict=True)) for row in cells(book["Participants"])]
    for row, person in zip(rows, out.cast.participants, strict=True):
        assert (row["participant"], row["consent"]) == (person.id, person.consent)
        assert {name: row[f"attribute: {name}"] for name in person.attributes} == {
            name: value or None for name, value in person.attributes.items()}  # fmt: skip


def test_the_codebook_counts_what_was_coded(book: Book, out: Outgoing) -> None:
    counts = {row[0]: row[8:10] for row in cells(book["Codebook"])}
    for code, (pieces, people) in counts.items():
        coded = [one for one in out.material.evidence if code in one.codes]
        assert (pieces, people) == (len(coded), len({one.participant_id for one in coded}))


def test_the_first_sheet_says_whose_words_it_holds(book: Book) -> None:
    told = {row[0].value: row[1].value for row in book["Read me"]}
    assert "research only" in told["Whose words"] or "did not agree" in told["Whose words"]
    assert "Cut" not in told


def test_text_is_text_whatever_it_begins_with(out: Outgoing) -> None:
    file = study_xlsx(with_texts(out, HOSTILE))
    sheet = load_workbook(BytesIO(file))["Claims"]
    found = [row[9] for row in sheet.iter_rows(min_row=2)][: len(HOSTILE)]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in found)
    assert [str(cell.value).rstrip() for cell in found] == HOSTILE
    with ZipFile(BytesIO(file)) as packed:
        parts = [packed.read(name) for name in packed.namelist()]
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts)


def test_what_a_cell_cannot_hold_is_cut_in_sight_and_counted(out: Outgoing) -> None:
    book = load_workbook(BytesIO(study_xlsx(with_texts(out, ["x" * (MOST + 1), "😀" * MOST, "y" * MOST]))))
    first, second, third = (row[9] for row in book["Claims"].iter_rows(min_row=2, max_row=4, values_only=True))
    for text in (first, second):
        assert text.endswith(CUT) and len(text.encode("utf-16-le")) // 2 <= MOST
    assert third == "y" * MOST
    told = {row[0].value: row[1].value for row in book["Read me"]}
    assert told["Cut"].replace("\xa0", " ").startswith("2 cells held more")


def test_text_that_was_only_guarded_is_not_called_cut(out: Outgoing) -> None:
    book = load_workbook(BytesIO(study_xlsx(with_texts(out, ["<r><t>mark</t></r>"]))))
    assert "Cut" not in {row[0] for row in cells(book["Read me"])}


def test_a_cut_never_parts_a_character() -> None:
    assert fitted("x" + "😀" * MOST).removesuffix(CUT).strip("x😀") == ""


def test_equal_studies_make_equal_files(out: Outgoing, made: bytes) -> None:
    assert study_xlsx(Outgoing(out.bench, out.whole)) == made


def test_a_study_without_personas_has_its_codebook(bench: Workbench, study: str) -> None:
    book = load_workbook(BytesIO(study_xlsx(load_outgoing(bench, study))))
    assert book.sheetnames == SHEETS and book["Codebook"].max_row > 10 and book["Claims"].max_row == 1
