"""XML that comes in: what is taken, and what is refused with its line."""

import pytest
from foreign_project import Foreign, said
from lxml import etree

from app.refi.structure import CODEBOOK, PROJECT, faults, parse
from retrieval.errors import UnreadableSource

GOOD = Foreign([said()]).xml()
CODES = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{}</CodeBook>'


def test_a_project_of_another_tool_is_taken() -> None:
    assert parse(GOOD.encode(), "p.qdpx", PROJECT).get("name") == "A project"
    assert parse(Foreign([said()], braces=True).xml().encode(), "p.qdpx", PROJECT) is not None


def test_another_order_empty_lists_and_a_place_of_the_schema_are_taken() -> None:
    """Taguette writes `<Sets/>`; others name the schema's place, or put their codes last."""
    parse(CODES.format("<Codes/><Sets/>").encode(), "c.qdc", CODEBOOK)
    turned = '<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Description>d</Description><Users/><Notes/></Project>'
    parse(turned.encode(), "p.qdpx", PROJECT)
    placed = GOOD.replace(
        "<Project ", '<Project xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" ', 1
    )
    parse(placed.encode(), "p.qdpx", PROJECT)
    assert faults(etree.fromstring(turned), PROJECT), "what we write has the order of the standard"


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        pytest.param("<Project", "damaged", id="cut off"),
        pytest.param("", "damaged", id="empty"),
        pytest.param("<html/>", "begins with <html>", id="another document"),
        pytest.param(CODES.format("<Codes/>"), "begins with <CodeBook>", id="a codebook"),
        pytest.param(
            GOOD.replace('startPosition="', 'startPosition="x'), "startPosition", id="a place that is no number"
        ),
        pytest.param(
            GOOD.replace('startPosition="', 'startPosition="-'), "startPosition", id="a place before the text"
        ),
        pytest.param(GOOD.replace('<User guid="', '<User guid="x'), "guid", id="a GUID that is none"),
        pytest.param(GOOD.replace(' name="Distrust"', ""), "name", id="a code without a name"),
        pytest.param(
            GOOD.replace("<Users>", "<Spies>").replace("</Users>", "</Spies>"), "Spies", id="an unknown element"
        ),
        pytest.param(GOOD.replace("<User ", '<User onclick="x" '), "onclick", id="an unknown attribute"),
    ],
)
def test_what_is_not_as_the_standard_has_it_is_refused(xml: str, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said):
        parse(xml.encode(), "p.qdpx", PROJECT)


def test_the_line_is_told() -> None:
    with pytest.raises(UnreadableSource, match=r"p\.qdpx, line 3: .*onclick") as caught:
        parse(GOOD.replace("<User ", '<User onclick="x" ', 1).encode(), "p.qdpx", PROJECT)
    assert caught.value.line == 3
    with pytest.raises(UnreadableSource) as caught:
        parse(GOOD.replace("</Users>", "</User>").encode(), "p.qdpx", PROJECT)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "doctype",
    [
        pytest.param('<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', id="entities that swell"),
        pytest.param('<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>', id="an entity of a file"),
        pytest.param('<!DOCTYPE Project SYSTEM "http://127.0.0.1/x.dtd">', id="a DTD from elsewhere"),
    ],
)
def test_no_document_brings_its_own_entities(doctype: str) -> None:
    hostile = GOOD.replace("<Project", f"{doctype}<Project", 1).replace("Does not", "&x; Does not")
    with pytest.raises(UnreadableSource):
        parse(hostile.encode(), "p.qdpx", PROJECT)


def test_what_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.refi.structure.MOST_BYTES", 100)
    with pytest.raises(UnreadableSource, match="larger than"):
        parse(GOOD.encode(), "p.qdpx", PROJECT)
    deep = CODES.format("<Codes>" + '<Code guid="a" name="a" isCodable="true">' * 2000)
    with pytest.raises(UnreadableSource):
        parse(deep.encode(), "c.qdc", CODEBOOK)
