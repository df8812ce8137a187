"""The playbook as PDF, read back by another reader: all claims and quotes are inside, links hold, words stay words."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from playbook_page import room
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from app.models.field import load_fields
from app.playbook.page import playbook_view
from app.playbook.typeset import book, by_core, heat, tree, typeset
from app.playbook.view import ClaimView, PlaybookView
from app.playbook.words import WITHHELD

HOSTILE = (
    '#read("/etc/passwd") #link("https://evil.example")[x] $x^2$ \\ *b* _i_ `c` <l> @r '
    "\u202e\u2067ab\u202c e\u0301 \U0001f600 \u05e9\u05dc\u05d5\u05dd " + "W" * 32
)
THEIRS = {
    *("title", "product", "question", "name", "summary", "text", "about", "source", "description", "why", "label"),
    *("ask", "person", "said", "note", "reason", "cautions", "defined_by", "differentiator"),
}


@cache
def view() -> PlaybookView:
    return view_of(room())


def view_of(made: Any, withheld: frozenset[str] = frozenset()) -> PlaybookView:
    return playbook_view(made.cast, made.sources, made.evidence, load_fields(), withheld=withheld)


@cache
def made() -> bytes:
    return typeset(view())


@cache
def pdf() -> PdfReader:
    return PdfReader(BytesIO(made()))


@cache
def all_words() -> str:
    return words(pdf())


def words(read: PdfReader) -> str:
    """All text of all pages, without white space: a line may break anywhere."""
    return squeezed(" ".join(page.extract_text() for page in read.pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def claims(shown: PlaybookView) -> list[ClaimView]:
    cores = [claim for one in shown.macros for field in one.fields for claim in field.claims]
    stakes = [claim for one in shown.macros for claim in one.stakes]
    micros = [micro for one in shown.macros for micro in one.micros]
    own = [item.claim for one in micros for item in one.differences]
    return cores + stakes + own + [claim for one in micros for field in one.further for claim in field.claims]


def titles(read: PdfReader) -> list[str]:
    return [str(one["/Title"]) for one in flat(read.outline)]


def flat(outline: list[Any]) -> Iterator[Any]:
    for one in outline:
        yield from flat(one) if isinstance(one, list) else [one]


def links(read: PdfReader) -> list[Any]:
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    return [note for note in notes if note["/Subtype"] == "/Link"]


def test_every_claim_and_every_cited_quote_is_inside() -> None:
    text = all_words()
    assert len(claims(view())) > 10 and len(view().cited) > 20
    assert not [claim.text for claim in claims(view()) if squeezed(claim.text) not in text]
    assert not [one.text for one in view().cited if squeezed(one.text) not in text]


def test_every_claim_says_how_many_said_it_and_what_it_is_called() -> None:
    text = all_words()
    for claim in claims(view()):
        assert squeezed(claim.ref + claim.text) in text
        assert f"{claim.k}of{claim.n}" in text


def test_every_section_and_persona_is_in_the_outline() -> None:
    found = titles(pdf())
    for one in [*view().macros, *(micro for macro in view().macros for micro in macro.micros), *view().beside]:
        assert any(squeezed(title) == squeezed(one.ref + one.name) for title in found)
    assert [title for title in ("Contents", "Overview", "Who says what", "Evidence") if title not in found] == []
    assert "What to do first" not in found, "there is no advice in this study"


def test_links_lead_to_pages_of_this_file_and_nowhere_else() -> None:
    named, pages = pdf().named_destinations, {page.indirect_reference.idnum for page in pdf().pages}
    found = links(pdf())
    assert len(found) > 2 * len(view().cited)
    for note in found:
        target = note["/Dest"] if "/Dest" in note else note["/A"]["/D"]
        assert "/A" not in note or note["/A"]["/S"] == "/GoTo"
        assert target[0].idnum in pages if isinstance(target, ArrayObject) else str(target) in named


def test_it_is_made_to_be_read_aloud_in_english_and_named() -> None:
    assert b"pdfuaid" in pdf().root_object["/Metadata"].get_data(), "PDF/UA-1, as the compiler checked it"
    assert pdf().metadata is not None
    assert (pdf().metadata.title, pdf().metadata.author) == (f"{view().title} · Playbook", "Dramatis")
    assert pdf().metadata.creation_date is None
    assert pdf().root_object["/Lang"] == "en"
    assert pdf().root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 (pypdf's own boolean)
    assert 8 <= len(pdf().pages) <= 30


def test_equal_views_give_equal_bytes() -> None:
    assert typeset(view_of(room())) == made()


def test_hostile_words_stay_words() -> None:
    core, heat = view().macros[0], view().heat
    core = replace(core, fields=core.fields[:2], stakes=[], micros=core.micros[:1])
    short = replace(view(), macros=[core], cited=view().cited[:5], heat=replace(heat, rows=heat.rows[:3]))
    read = PdfReader(BytesIO(typeset(poisoned(short))))
    text = words(read)
    told = squeezed('#read("/etc/passwd")#link("https://evil.example")[x]$x^2$\\*b*_i_`c`<l>@r')
    assert text.count(told) > 30
    assert squeezed(view().cited[0].text) + told in text
    assert "root:" not in text and "\u202e" not in text and "W" * 32 in text
    assert not [note for note in links(read) if "/URI" in note.get("/A", {})]


def poisoned(shown: Any, name: str = "") -> Any:
    """The view with markup after every text that is other people's, or made of their words."""
    if is_dataclass(shown) and not isinstance(shown, type):
        return replace(shown, **{one.name: poisoned(getattr(shown, one.name), one.name) for one in fields(shown)})
    if isinstance(shown, list):
        return [poisoned(one, name) for one in shown]
    return f"{shown} {HOSTILE}" if isinstance(shown, str) and name in THEIRS else shown


def test_a_quote_of_many_pages_is_whole_and_its_claim_too() -> None:
    long = " ".join(f"word{number}" for number in range(1200))
    first, *rest = view().cited
    shown = replace(view(), cited=[replace(first, text=long), *rest])
    macro = shown.macros[0]
    quote = replace(macro.fields[0].claims[0].quotes[0], text=long)
    claim = replace(macro.fields[0].claims[0], quotes=[quote])
    field = replace(macro.fields[0], claims=[claim])
    shown = replace(shown, macros=[replace(macro, fields=[field, *macro.fields[1:]])])
    text = words(PdfReader(BytesIO(typeset(shown))))
    assert text.count("word1199") == 2 and text.count("word600") == 2


def test_withheld_words_are_not_inside_and_have_no_number() -> None:
    people = frozenset(one.id for one in room().cast.participants)
    shown = view_of(room(), withheld=people)
    text = words(PdfReader(BytesIO(typeset(shown))))
    own = {claim.text for claim in claims(view())}
    assert squeezed(WITHHELD) in text
    assert not shown.cited
    assert not [one.text for one in view().cited if squeezed(one.text) in text and one.text not in own]
    assert "[1]" not in text


def test_what_is_empty_is_not_set() -> None:
    heat, tree = replace(view().heat, rows=[], groups=[]), replace(view().tree, nodes=[], bands=[])
    bare = replace(view(), macros=[], beside=[], refused=[], centres=[], cited=[], briefs=[], heat=heat, tree=tree)
    read = PdfReader(BytesIO(typeset(bare)))
    assert titles(read)[:2] == ["Contents", "Overview"]
    assert not {"Evidence", "Briefs", "Who says what", "Segment tree"} & set(titles(read))
    assert len(read.pages) <= 5


def test_links_to_what_was_left_out_are_plain_text() -> None:
    without = replace(
        view(), macros=[replace(one, micros=[], compare=replace(one.compare, rows=[])) for one in view().macros]
    )
    anchors = book(without)["anchors"]
    assert not [one for one in anchors if one.startswith("c-a-")]
    assert len(links(PdfReader(BytesIO(typeset(without))))) < len(links(pdf()))


def test_a_tree_taller_than_a_page_is_drawn_core_by_core() -> None:
    shown = view().tree
    assert len(tree(shown)["pieces"]) == 1
    parts = tree(replace(shown, height=5000))["pieces"]
    assert len(parts) == len(view().macros) == len(by_core(shown.nodes))
    assert all(part["nodes"][0]["y"] >= 0 and part["height"] < shown.height for part in parts)
    assert sum(len(part["bands"]) for part in parts) < len(tree(shown)["pieces"][0]["bands"])


@pytest.mark.parametrize(("people", "tables", "wide"), [(5, 1, False), (40, 1, True), (95, 3, True)])
def test_the_table_of_themes_is_cut_where_people_do_not_fit(people: int, tables: int, wide: bool) -> None:
    group, row = view().heat.groups[0], view().heat.rows[0]
    names = [f"P{number}" for number in range(people)]
    shown = replace(
        view().heat,
        groups=[replace(group, people=names[:3]), replace(group, people=names[3:])],
        rows=[replace(row, cells=[(1, 1, False)] * people)],
    )
    cut = heat(shown)
    assert cut is not None and (len(cut["parts"]), cut["wide"]) == (tables, wide)
    assert [one for part in cut["parts"] for group in part["groups"] for one in group["people"]] == names
    assert sum(len(part["rows"][0]["cells"]) for part in cut["parts"]) == people


def test_parts_stand_in_the_order_of_whoever_it_is_for() -> None:
    few = replace(view(), sections=("appendix", "cores", "overview"))
    heads = [one for one in PdfReader(BytesIO(typeset(few))).outline if not isinstance(one, list)]
    told = [str(one["/Title"]) for one in heads]
    assert [told[1], told[-1]] == ["Evidence", "Overview"]
    assert [one[:2] for one in told[2:-1]] == [one.ref for one in view().macros]
