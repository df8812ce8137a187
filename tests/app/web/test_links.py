"""Fragments of a playbook as addresses."""

import pytest

from app.web.links import Links

LINKS = Links("study", ["src_a", "src_b"], {"m1": "pe_1", "cu-1": "pe_2"})


@pytest.mark.parametrize(
    ("fragment", "address"),
    [
        ("#q-2-10-30", "/studies/study/sources/src_b?quote=10-30#q-2-10-30"),
        ("#s-1", "/studies/study/sources/src_a"),
        ("#p-m1", "/studies/study/personas/pe_1"),
        ("#c-m1-12", "/studies/study/personas/pe_1#c-m1-12"),
        ("#p-cu-1", "/studies/study/personas/pe_2"),
        ("#c-cu-1-3", "/studies/study/personas/pe_2#c-cu-1-3"),
        ("#b-k1-2", "/studies/study/centres#b-k1-2"),
        ("#uncovered", "/studies/study/segments#uncovered"),
        ("#advice", "/studies/study#advice"),
        ("#coverage", "/studies/study#coverage"),
    ],
)
def test_each_fragment_has_an_address(fragment: str, address: str) -> None:
    assert LINKS.to(fragment) == address


def test_the_place_of_a_quote_is_that_of_its_fragment() -> None:
    assert LINKS.quote("src_b", 10, 30) == LINKS.to("#q-2-10-30")
