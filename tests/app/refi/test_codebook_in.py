"""Codebooks of other tools, and our own as they come back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.models.codebook import Code, Codebook, load_codebook
from app.refi.codebook_in import read_qdc
from app.refi.codebook_out import codebook_qdc
from app.refi.names import code_guid
from app.refi.structure import CODEBOOK, faults
from retrieval.errors import UnreadableSource

NVIVO = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" origin="NVivo">
<Codes><Code guid="{2A08BDDF-4C35-4250-BF77-7DE37B50C930}" name="Nodes" isCodable="false">
<Code guid="{2D969AF8-C875-4FAE-BCD8-F0162BC27396}" name="Prix &#233;lev&#233;!" isCodable="true" color="#FF0000">
<Description>Money &lt;and&gt; cost</Description>
<Code guid="3D969AF8-C875-4FAE-BCD8-F0162BC27396" name="Motivation" isCodable="true"/>
<Code guid="4D969AF8-C875-4FAE-BCD8-F0162BC27396" name="prix eleve" isCodable="true"/>
</Code></Code></Codes><Sets/></CodeBook>
"""
FEEDS = {feed for code in load_codebook().codes for feed in code.feeds}


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "c.qdc"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_codebook_of_another_tool_becomes_a_list_of_codes(tmp_path: Path) -> None:
    read = read_qdc(written(tmp_path, NVIVO), load_codebook(), FEEDS)
    assert [code.id for code in read.codes] == ["prix_eleve", "motivation", "prix_eleve_2"]
    dear, known, below = read.codes
    assert dear.definition == "Money <and> cost"
    assert known == load_codebook()["motivation"], "a code of that name is the study's own"
    assert below.definition == "Part of: Prix élevé!."
    assert not read.ours
    assert read.remarks == [
        "folders of codes, which cannot be coded with, left out: 1",
        "codes that stood below another stand side by side here: 2",
    ]


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
PROSE = NAMES.map(lambda text: f"x {text} y")
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
CODES = st.builds(
    Code, id=IDS, label=NAMES, definition=PROSE, include=st.just("") | PROSE, exclude=st.just("") | PROSE,
    subcodes=st.lists(IDS, unique=True, max_size=3),
    examples=st.lists(PROSE, max_size=3, unique_by=lambda text: " ".join(text.casefold().split())),
    feeds=st.lists(st.sampled_from(sorted(FEEDS)), max_size=2, unique=True),
)  # fmt: skip


@given(code=CODES)
def test_any_code_of_ours_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, code: Code) -> None:
    book = Codebook(version=1, codes=[code])
    read = read_qdc(written(tmp_path_factory.mktemp("c"), codebook_qdc(book)), load_codebook(), FEEDS)
    assert read.ours
    assert [one.model_dump() for one in read.codes] == [
        {**code.model_dump(), "definition": code.definition.strip(), "label": code.label}
    ]


def test_the_common_codebook_is_valid_and_comes_back_as_it_was(tmp_path: Path) -> None:
    whole = codebook_qdc(load_codebook())
    assert faults(etree.fromstring(whole), CODEBOOK) == []
    read = read_qdc(written(tmp_path, whole), Codebook(version=1, codes=[]), FEEDS)
    assert read.codes == load_codebook().codes
    assert read.by_guid[code_guid("budget")] == "budget"
    assert read.remarks == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(("4D969AF8", "3D969AF8"), "line 7: two codes have the same GUID", id="a GUID twice"),
        pytest.param(('isCodable="true"', 'isCodable="false"'), "no code that can be coded with", id="folders only"),
    ],
)
def test_a_codebook_that_cannot_be_used_is_refused(tmp_path: Path, change: tuple[str, str], why: str) -> None:
    with pytest.raises(UnreadableSource, match=why):
        read_qdc(written(tmp_path, NVIVO.replace(*change)), load_codebook(), FEEDS)


def test_what_is_no_xml_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="damaged"):
        read_qdc(written(tmp_path, "codes: []"), load_codebook(), FEEDS)
    with pytest.raises(UnreadableSource, match="no such file"):
        read_qdc(tmp_path / "none.qdc", load_codebook(), FEEDS)
