"""GUIDs that are the same twice, and text that XML can hold."""

import pytest
from lxml import etree

from app.refi.names import code_guid, engine_of, engine_user, guid, legal, plain_guid


def test_a_guid_is_the_same_twice_and_another_for_another_kind_or_part() -> None:
    assert guid("case", "s", "P01") == guid("case", "s", "P01")
    assert len({guid("case", "s", "P01"), guid("note", "s", "P01"), guid("case", "sP", "01")}) == 3
    assert code_guid("budget") == guid("code", "budget")


def test_guids_compare_however_they_are_written() -> None:
    own = guid("case", "s", "P01")
    assert plain_guid(f" {{{own.upper()}}} ") == own
    with pytest.raises(ValueError, match="badly formed"):
        plain_guid("P01")


def test_any_name_can_stand_in_xml() -> None:
    name = legal("a\x00b\x0bc\ud800d\ufffe\t\n<&\"'>🏭")
    written = etree.tostring(etree.Element("a", name=name))
    assert etree.fromstring(written).get("name") == name
    assert legal("Anné, 40 % <b>") == "Anné, 40 % <b>"


@pytest.mark.parametrize("coder", ["local", "gpt-5 (2026)", "openai:o\nne"])
def test_an_engine_is_told_from_a_person_by_its_user(coder: str) -> None:
    assert engine_of(engine_user(coder, sure=True)) == (coder, True)
    assert engine_of(engine_user(coder, sure=False)) == (coder, False)
    assert engine_of(coder) is None
