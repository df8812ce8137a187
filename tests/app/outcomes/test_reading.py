"""Tables of outcomes as tools write them, and as people break them."""

import io
import json

import openpyxl
import pytest

from app.errors import BadInput
from app.models.brief import Stage
from app.outcomes.reading import Known, read_outcomes
from retrieval.errors import UnreadableSource

from .invented import PEOPLE, brief

KNOWN = Known(PEOPLE, {"br_1": brief("br_1", "pe_1")})
HEADER = "asset,persona,stage,impressions,conversions"


def read(table: str, name: str = "outcomes.csv") -> list[tuple[str, str, str, int, int]]:
    found = read_outcomes(table.encode(), name, KNOWN)
    return [(one.asset, one.persona_id, one.stage, one.impressions, one.conversions) for one in found]


def test_a_table_is_read() -> None:
    assert read(f"{HEADER}\nGuide,Time-poor planner,top,1240,38\nDemo,pe_2,bottom,90,9") == [
        ("Guide", "pe_1", "top", 1240, 38),
        ("Demo", "pe_2", "bottom", 90, 9),
    ]


def test_columns_are_known_by_other_names_in_any_order() -> None:
    table = "Page Views;Leads;Content;Audience;Funnel stage;Cost;Month;Brief ID;Sector\n"
    table += "1.240;38;Guide;planner;TOFU;9;May;br_1;Retail"
    (found,) = read_outcomes(table.encode(), "export.csv", KNOWN)
    assert (found.impressions, found.conversions, found.persona_id, found.stage) == (1240, 38, "pe_1", Stage.TOP)
    assert (found.period, found.brief_id, found.industry) == ("May", "br_1", "Retail")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1240", 1240), ('"1,240"', 1240), ("1.240", 1240), ("1 240", 1240), ("1’240", 1240), ("1240.0", 1240),
     ('"1,234,567"', 1234567), ("0007", 7)],
)  # fmt: skip
def test_whole_numbers_are_read_as_people_write_them(cell: str, number: int) -> None:
    assert read(f"{HEADER}\nGuide,pe_1,top,{cell},0")[0][3] == number


@pytest.mark.parametrize(
    ("row", "told"),
    [
        pytest.param("Guide,pe_1,top,-5,0", "impressions is negative", id="negative"),
        pytest.param("Guide,pe_1,top,10,3 %", "conversions is a share", id="percent"),
        pytest.param("Guide,pe_1,top,10,2.5", "conversions is no whole number", id="fraction"),
        pytest.param("Guide,pe_1,top,1000,0.031", "conversions is no whole number", id="rate"),
        pytest.param('Guide,pe_1,top,1000,"0,500"', "conversions is no whole number", id="rate with a comma"),
        pytest.param('Guide,pe_1,top,"1,240.5",0', "impressions is no whole number", id="fraction of thousands"),
        pytest.param("Guide,pe_1,top,many,0", "impressions is no whole number", id="word"),
        pytest.param("Guide,pe_1,top,,0", "impressions is empty", id="empty"),
        pytest.param("Guide,pe_1,top,٣٤,0", "impressions is no whole number", id="other digits"),
        pytest.param("Guide,pe_1,top,1" + "0" * 40 + ",0", "impressions is no whole number", id="absurd"),
        pytest.param("Guide,pe_1,top,10,11", "11 conversions of 10 impressions", id="too many"),
        pytest.param("=1+1,pe_1,top,10,1", "asset holds a formula", id="formula"),
        pytest.param("Guide,pe_1,top,=A1,1", "impressions holds a formula", id="formula for a number"),
        pytest.param("Gu\x07ide,pe_1,top,10,1", "asset is no name", id="control character"),
        pytest.param(",pe_1,top,10,1", "asset is empty", id="no asset"),
        pytest.param("Guide,pe_1,sideways,10,1", "stage is none of", id="stage"),
        pytest.param(
            "Guide,Young Mary,top,10,1",
            "“Young Mary” is not known. Personas are: Time-poor planner (pe_1); Careful buyer",
            id="unknown persona",
        ),
        pytest.param("Guide,Careful,top,10,1", "may be several", id="two personas of that name"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_line_and_nothing_is_read(row: str, told: str) -> None:
    with pytest.raises(BadInput, match=r"nothing was imported\. line 3: ") as error:
        read(f"{HEADER}\nGuide,pe_1,top,10,1\n{row}")
    assert told in str(error.value)


def test_every_bad_line_is_named_up_to_twenty() -> None:
    with pytest.raises(BadInput, match=r"line 2: .*line 21: .*and 5 more"):
        read("\n".join([HEADER, *(f"G{n},pe_1,top,x,1" for n in range(25))]))


def test_the_same_thing_twice_is_told_with_both_lines() -> None:
    with pytest.raises(BadInput, match="line 3: the same asset, persona, stage and period as line 2"):
        read(f"{HEADER}\nGuide,pe_1,top,10,1\nGUIDE,planner,awareness,20,1")


@pytest.mark.parametrize(
    ("brief_cell", "told"),
    [("br_9", "there is no brief"), ("br_1", "is for another persona")],
    ids=["unknown", "other"],
)
def test_a_brief_must_be_one_of_the_persona(brief_cell: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read(f"{HEADER},brief\nGuide,pe_2,top,10,1,{brief_cell}")


def test_columns_that_are_missing_or_twice_are_named() -> None:
    with pytest.raises(BadInput, match="no column for stage, conversions among “asset”"):
        read("asset,persona,impressions\nGuide,pe_1,10")
    with pytest.raises(BadInput, match="“impressions” and “views” both say impressions"):
        read(f"{HEADER},views\nGuide,pe_1,top,10,1,10")


def test_a_spreadsheet_is_read() -> None:
    book, raw = openpyxl.Workbook(), io.BytesIO()
    for row in (HEADER.split(","), ["Guide", "pe_1", "top", 1240, 38]):
        book.worksheets[0].append(row)
    book.save(raw)
    (found,) = read_outcomes(raw.getvalue(), "outcomes.xlsx", KNOWN)
    assert (found.impressions, found.conversions) == (1240, 38)


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"outcomes": rows}], ids=["list", "object"])
def test_json_is_read(wrap: object) -> None:
    rows = [{"asset": "Guide", "persona": "pe_1", "stage": "top", "impressions": 10, "conversions": 1, "period": None}]
    assert callable(wrap)
    assert read(json.dumps(wrap(rows)), "outcomes.json") == [("Guide", "pe_1", "top", 10, 1)]


@pytest.mark.parametrize(
    ("table", "name"),
    [("nonsense", "a.json"), ("[1]", "a.json"), ("{}", "a.json"), ("[]", "a.json"), ("[" * 100_000, "a.json"),
     (HEADER, "a.csv"), ("", "a.csv"), ("x", "a.pdf"), ('[{"asset": ["="], "persona": {}}]', "a.json")],
)  # fmt: skip
def test_what_is_no_table_is_refused(table: str, name: str) -> None:
    with pytest.raises((BadInput, UnreadableSource)):
        read(table, name)
