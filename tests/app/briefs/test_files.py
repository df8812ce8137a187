"""Files of a brief, read back by other readers: the same claims and quotes are in all of them, and no others."""

import json
from html import unescape
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader
from web_browser import Page

from app.briefs.choosing import choose
from app.briefs.document import document_of
from app.briefs.files import KINDS, brief_file
from app.briefs.ground import Ground
from app.briefs.markdown import part_markdown
from app.briefs.writing import draft_briefs
from app.errors import BadInput
from app.models.brief import Brief, BriefRequest
from app.playbook.inert import plain


@pytest.fixture(scope="module")
def brief(ground: Ground) -> Brief:
    (made,) = draft_briefs(ground, [choose(ground, BriefRequest(study_id="flowline", persona="Time-poor manager"))])
    return made


def words_in(kind: str, content: bytes) -> str:
    """All that a file says, white space made one."""
    if kind == "html":
        return Page(content.decode()).text
    if kind == "docx":
        read = docx.Document(BytesIO(content))
        cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
        return " ".join(" ".join([*cells, *(line.text for line in read.paragraphs)]).split())
    if kind == "pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
    return " ".join(content.decode().replace("\\", "").split())


@pytest.mark.parametrize("kind", ["md", "html", "docx", "pdf"])
def test_every_claim_and_quote_is_in_every_file(brief: Brief, kind: str) -> None:
    text = words_in(kind, brief_file(brief, kind).content)
    for id in brief.proof_points:
        assert brief.cited[id].text in text
        assert f"{brief.cited[id].k} of {brief.cited[id].n}" in text
    for words in brief.customer_words:
        assert " ".join(words.text.split()) in text
        assert words.participant_id in text
    for told in (brief.objective, brief.angle, *brief.call_to_action):
        assert told.text in text
    for keyword in brief.keywords.head:
        assert keyword.text in text
    assert all(part.title in text for part in brief.outline)


@pytest.mark.parametrize("kind", ["md", "html", "docx", "pdf", "json"])
def test_nothing_is_in_a_file_of_whoever_did_not_agree(brief: Brief, ground: Ground, kind: str) -> None:
    text = words_in(kind, brief_file(brief, kind).content)
    pool = ground.subject(brief.persona_id).pool
    cited = [one for id in brief.cited for one in pool[id].citations]
    withheld = [one.text for one in cited if one.participant_id not in ground.cleared]
    assert withheld
    assert not [said for said in withheld if said in text]


def test_json_is_the_brief(brief: Brief) -> None:
    assert Brief.model_validate(json.loads(brief_file(brief, "json").content)) == brief


def test_html_stands_alone(brief: Brief) -> None:
    text = brief_file(brief, "html").content.decode()
    found = Page(text)
    assert "default-src 'none'" in unescape(text)
    assert found.scripts == []
    assert all(link.startswith("#") for link in found.links)
    assert set(link[1:] for link in found.links) & set(found.ids)


def test_word_has_real_styles(brief: Brief) -> None:
    read = docx.Document(BytesIO(brief_file(brief, "docx").content))
    styles = {line.style.name for line in read.paragraphs if line.style}
    assert {"Title", "Heading 1", "Quote", "List Bullet", "Caption"} <= styles
    headings = [line.text for line in read.paragraphs if line.style and line.style.name == "Heading 1"]
    assert headings == [part.title for part in document_of(brief).parts]


def test_a_pdf_has_bookmarks_links_to_its_proof_points_and_equal_bytes(brief: Brief) -> None:
    content = brief_file(brief, "pdf").content
    read = PdfReader(BytesIO(content))
    parts = read.outline[1]
    assert isinstance(parts, list)
    assert [str(one["/Title"]) for one in parts if isinstance(one, dict)] == [
        part.title for part in document_of(brief).parts
    ]
    links = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    assert len(links) >= len(brief.proof_points)
    assert all("/URI" not in link.get("/A", {}) for link in links)
    assert len(read.pages) <= 5
    assert brief_file(brief, "pdf").content == content


def test_a_stale_brief_says_so_in_every_file(brief: Brief) -> None:
    for kind in ("md", "html", "docx", "pdf"):
        assert "its persona is no more" in words_in(kind, brief_file(brief, kind, "its persona is no more").content)


def test_words_cannot_become_markup() -> None:
    assert plain("*bold* <b>\n# no [link](x) `code`") == r"\*bold\* \<b\> \# no \[link\](x) \`code\`"


def test_a_part_is_markdown_of_its_own(brief: Brief) -> None:
    part = next(one for one in document_of(brief).parts if one.id == "keywords")
    assert part_markdown(part).startswith("## Keywords\n\n- **Head:** ")


def test_there_is_no_other_kind_of_file(brief: Brief) -> None:
    assert list(KINDS) == ["md", "html", "docx", "pdf", "json"]
    with pytest.raises(BadInput, match="not as “xlsx”"):
        brief_file(brief, "xlsx")
