"""The playbook for each audience: which sections, in which order, and nobody's words who did not agree."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from playbook_page import Page, room

from app.errors import BadInput, NotFound
from app.models.field import load_fields
from app.playbook.addressing import for_audience
from app.playbook.audience import Audience, find_audience, load_audiences
from app.playbook.markdown import to_markdown
from app.playbook.office import to_docx
from app.playbook.page import playbook_view
from app.playbook.rebuilding import parts_of
from app.playbook.render import render_view
from app.playbook.view import ClaimView, PlaybookView, QuoteView
from retrieval.evidence import Consent

AUDIENCES = [one.id for one in load_audiences()]
CLEARED = [one.id for one in load_audiences() if one.cleared]
HOSTILE = "<script>x</script> [a](http://e.example) | `c` *b* \x07\n# h"


@cache
def whole() -> PlaybookView:
    return playbook_view(room().cast, room().sources, room().evidence, load_fields())


@cache
def made(audience: str) -> PlaybookView:
    return for_audience(whole(), find_audience(audience))


@cache
def closed_words() -> tuple[str, ...]:
    """Quotes of people whose consent is for research only."""
    open_ = {one.id for one in room().cast.participants if one.consent is Consent.MARKETING}
    return tuple(one.text for one in whole().cited if one.person not in open_)


def claims(view: PlaybookView) -> dict[str, str]:
    return {one.ref: one.text for one in parts_of(view) if isinstance(one, ClaimView)}


def quotes(view: PlaybookView) -> set[str]:
    return {one.text for one in parts_of(view) if isinstance(one, QuoteView) and not one.withheld}


def docx_text(view: PlaybookView) -> str:
    word = docx.Document(BytesIO(to_docx(view)))
    return "\n".join(node.text or "" for node in word.element.body.iter(qn("w:t")))


def test_the_whole_keeps_everything() -> None:
    assert replace(made("research"), use=whole().use) == whole()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_claims_keep_their_numbers_and_words(audience: str) -> None:
    found = claims(made(audience))
    assert found and found.items() <= claims(whole()).items()


@pytest.mark.parametrize("audience", CLEARED)
def test_only_cleared_words_are_in_it_in_any_format(audience: str) -> None:
    assert closed_words()
    told = set(claims(made(audience)).values())
    text = to_markdown(made(audience)).replace("\\", "")
    for page in (Page(render_view(made(audience))).nodes[0].text, text, docx_text(made(audience))):
        assert not [words for words in closed_words() if words in page and not any(words in one for one in told)]
    assert made(audience).transcripts == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_leads_to_a_place_that_is_not_there(audience: str) -> None:
    page = Page(render_view(made(audience)))
    led_to = {node.attrs["href"][1:] for node in page.all("a") if "href" in node.attrs}
    assert led_to <= set(page.ids) and len(page.ids) == len(set(page.ids))
    text = to_markdown(made(audience))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(re.findall(r'<a id="([^"]+)">', text))
    word = docx.Document(BytesIO(to_docx(made(audience)))).element.body
    marks = [one.get(qn("w:name")) for one in word.iter(qn("w:bookmarkStart"))]
    assert {one.get(qn("w:anchor")) for one in word.iter(qn("w:hyperlink"))} <= set(marks)
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_same_claims_and_quotes_are_in_every_format(audience: str) -> None:
    text, word = to_markdown(made(audience)).replace("\\", ""), docx_text(made(audience))
    for sentence in [*claims(made(audience)).values(), *quotes(made(audience))]:
        assert sentence in text and sentence in word


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_appendix_holds_what_is_quoted_numbered_from_one(audience: str) -> None:
    view = made(audience)
    assert [one.number for one in view.cited] == list(range(1, len(view.cited) + 1))
    assert {one.text for one in view.cited} == quotes(view)


def test_sections_and_fields_are_the_audiences() -> None:
    assert made("hr").advice is None and not made("hr").beside_of("negative") and not made("hr").macros[0].stakes
    assert made("product").heat.rows and not made("sales").heat.rows
    ids = [one.field for one in made("sales").macros[0].fields]
    first = find_audience("sales").first
    assert ids and "context" not in ids
    assert [one for one in ids if one in first] == sorted((one for one in ids if one in first), key=first.index)


def test_equal_views_give_equal_bytes() -> None:
    assert to_docx(made("sales")) == to_docx(for_audience(whole(), find_audience("sales")))
    assert to_markdown(made("sales")) == to_markdown(for_audience(whole(), find_audience("sales")))


def test_markup_in_names_is_inert() -> None:
    macro = replace(whole().macros[0], name=HOSTILE, summary=HOSTILE)
    view = for_audience(replace(whole(), title=HOSTILE, macros=[macro]), find_audience("sales"))
    assert not Page(render_view(view)).all("script")
    text = to_markdown(view)
    assert "script" in text and not re.search(r"(?<!\\)(<script|\]\(http)", text)
    assert "<script>x</script>" in docx_text(view) and "\x07" not in docx_text(view)


def test_word_gets_headings_and_header_rows() -> None:
    word = docx.Document(BytesIO(to_docx(made("marketing"))))
    heads = [one.text for one in word.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert heads[0] == "Overview" and heads[-2:] == ["Evidence", "How it was made, and how to read it"]
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in word.tables)


def test_an_unknown_audience_is_told_which_there_are() -> None:
    with pytest.raises(NotFound, match="sales, marketing, hr, product"):
        find_audience("pirates")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ("sections: [nowhere]", "no section “nowhere”"),
        ("sections: [method]\n    first: [shoe_size]", "no field “shoe_size”"),
        ("sections: [transcripts]", "transcripts hold everybody"),
        ("sections: [method, method]", "listed twice"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(changes: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "audiences.yaml"
    path.write_text(f"audiences:\n  - id: x\n    title: X\n    use: ''\n    words: cleared\n    {changes}\n")
    with pytest.raises(BadInput, match="“x”") as error:
        load_audiences(path)
    assert told in str(error.value)


def test_an_id_is_given_once(tmp_path: Path) -> None:
    row = "  - {id: x, title: X, use: '', words: all, sections: [method]}\n"
    path = tmp_path / "audiences.yaml"
    path.write_text("audiences:\n" + row * 2)
    with pytest.raises(BadInput, match="twice"):
        load_audiences(path)


def test_a_view_can_be_addressed_again() -> None:
    sales = find_audience("sales")
    assert isinstance(sales, Audience) and claims(for_audience(made("sales"), sales)) == claims(made("sales"))
