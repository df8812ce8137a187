"""The playbook for each audience: which sections, in which order, and nobody's words who did not agree."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from playbook_page import Page, changed, room
from pypdf import PdfReader

from app.access.veil import WORD
from app.errors import BadInput, NotFound
from app.models.buying_centre import BuyingCentre
from app.models.claim import Citation, Claim, Status, Support
from app.models.field import load_fields
from app.playbook.addressing import for_audience
from app.playbook.advice_view import AdviceView, SignalView
from app.playbook.audience import Audience, find_audience, load_audiences
from app.playbook.markdown import to_markdown
from app.playbook.near import REPHRASE
from app.playbook.office import to_docx
from app.playbook.page import playbook_view
from app.playbook.rebuilding import parts_of
from app.playbook.render import render_view
from app.playbook.typeset import book, typeset
from app.playbook.view import ClaimView, PlaybookView, QuoteView
from retrieval.evidence import Consent, Role

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


# So many words in a row are nobody's by chance.
SIX = 6


def sixes(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return {tuple(words[at : at + SIX]) for at in range(len(words) - SIX + 1)}


@cache
def closed_sixes() -> frozenset[tuple[str, ...]]:
    """What only people said who agreed to research alone."""
    open_ = {one.id for one in room().cast.participants if one.consent is Consent.MARKETING}
    said: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    for source in room().sources:
        for turn in source.turns:
            speaker = source.speaker(turn.speaker)
            if speaker.role is Role.PARTICIPANT:
                said[speaker.participant_id in open_] |= sixes(turn.of(source.text))
    return frozenset(said[False] - said[True])


@cache
def long_quotes() -> tuple[Citation, Citation]:
    """A quote of somebody who agreed to research only, long enough to be known by; and one that may be published."""
    open_ = {one.id for one in room().cast.participants if one.consent is Consent.MARKETING}
    cited = [one for macro in room().cast.macros for claim in macro.claims() for one in claim.supporting]
    shut = next(one for one in cited if one.participant_id not in open_ and sixes(one.text) & closed_sixes())
    return shut, next(one for one in cited if one.participant_id in open_ and sixes(one.text))


def inferred(text: str, *quotes: Citation) -> Claim:
    return Claim(id="cl_" + text[:9], field="consensus_plan", text=text, status=Status.INFERRED,
                 citations=list(quotes), support=Support(k=len(quotes), n=2), confidence=0.3, coder="x")  # fmt: skip


@cache
def telling() -> PlaybookView:
    """The whole where our own sentences repeat what somebody said whose words are withheld: a claim of a persona, a
    way to agreement and its ground, and what to listen for."""
    shut, open_ = long_quotes()
    plan = [inferred(f"Settle with {one.participant_id}, user: {one.text}", one) for one in (shut, open_)]
    role = f"Bring {shut.participant_id} and X to one table. {shut.participant_id} (Only Head) and X pull apart."
    centre = BuyingCentre(
        id="bc_1", account="Acme", decision="", members=[], conflicts=[], missing_roles=[], missing_note="",
        common_ground=[inferred(shut.text, shut)],
        consensus_plan=[*plan, inferred(f": {shut.text}", shut), inferred(role, shut)],
    )  # fmt: skip
    macro = room().cast.macros[0]
    left_out = {field for one in load_audiences() for field in one.without}
    told = [(one.id, macro.field(one.id)) for one in load_fields() if one.id not in left_out]
    field, claims = next((id, found) for id, found in told if found and found[0].supporting)
    near = claims[0].model_copy(update={"text": shut.text, "citations": [shut]})
    repeated = macro.model_copy(update={field: [near, *claims[1:]]})
    personas = [repeated if one.id == macro.id else one for one in room().cast.personas]
    cast = changed(buying_centres=[centre], personas=personas)
    signal = SignalView("What then?", shut.text, "Careful", 2, 3, 1, 9)
    advice = AdviceView([], [], [], [], [], [signal], [], [])
    return replace(playbook_view(cast, room().sources, room().evidence, load_fields()), advice=advice)


def strings(thing: object) -> list[str]:
    if isinstance(thing, dict | list | tuple):
        return [text for one in (thing.values() if isinstance(thing, dict) else thing) for text in strings(one)]
    return [thing] if isinstance(thing, str) else []


def formats(view: PlaybookView) -> list[str]:
    """The text of the view, of the page, of Markdown and of the Word document; the view is what a PDF is set from."""
    page = Page(render_view(view)).nodes[0].text
    return ["\n".join(strings(book(view))), page, to_markdown(view).replace("\\", ""), docx_text(view)]


@pytest.mark.parametrize("audience", CLEARED)
def test_what_only_withheld_people_said_stands_in_claims_that_say_so_alone(audience: str) -> None:
    view = for_audience(telling(), find_audience(audience))
    noted = {one.text for one in parts_of(view) if getattr(one, "note", "") == REPHRASE}
    assert noted and closed_sixes() & set().union(*map(sixes, noted))
    for text in formats(view):
        assert REPHRASE in text
        for sentence in noted:
            text = text.replace(" ".join(sentence.split()), " / ")
        assert not sixes(text) & closed_sixes()


def test_what_repeats_withheld_words_is_told_to_researchers_without_a_caution() -> None:
    view = for_audience(telling(), find_audience("research"))
    for text in formats(view):
        assert REPHRASE not in text and sixes(text) & closed_sixes()
    assert "Listen for" in to_markdown(view)


def test_a_plan_says_what_to_do_and_not_what_was_said_by_whose_words_are_withheld() -> None:
    shut, open_ = long_quotes()
    view = for_audience(telling(), find_audience("sales"))
    steps = [one.text for one in view.centres[0].plan]
    assert steps == [
        f"Settle with {shut.participant_id}, user.",
        f"Settle with {open_.participant_id}, user: {open_.text}",
        f"Bring {shut.participant_id} and X to one table. {shut.participant_id} and X pull apart.",
    ]
    for text in (to_markdown(view).replace("\\", ""), docx_text(view)):
        assert f"Settle with {shut.participant_id}, user.\n" in text


def test_a_pdf_carries_the_caution_and_no_plan_that_quotes() -> None:
    shut, _ = long_quotes()
    pages = PdfReader(BytesIO(typeset(for_audience(telling(), find_audience("sales"))))).pages
    text = re.sub(r"\s", "", " ".join(page.extract_text() for page in pages))
    assert re.sub(r"\s", "", REPHRASE) in text and "Whatthen?" in text and "Listenfor" not in text
    assert re.sub(r"\s", "", f"user: {shut.text}") not in text


def test_what_to_listen_for_is_left_out_with_its_column() -> None:
    view = for_audience(telling(), find_audience("sales"))
    for text in formats(view)[1:]:
        assert "What then?" in text and "Careful" in text and "Listen for" not in text and "in the sense of" not in text
