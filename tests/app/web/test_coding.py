"""Coding in the reader: places, hostile words, undoing, and the same without htmx."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from web_browser import BASE, Page, browser, page, send

from app.intake.ingest import ingest
from app.models.codebook import Code, Codebook, load_codebook
from app.web.choosing import code_choices
from app.workbench import Workbench
from retrieval.evidence import Source

TALK = (
    "Interviewer: \U0001f600 What is it like? <b>Really</b>\n\n"
    "P01: \U0001f469‍\U0001f527 I count every pallet twice. <script>alert(1)</script> & so on. Yes indeed.\n\n"
    "Interviewer: And then?\n\n"
    "P01: אני סופר כל משטח פעמיים. Yes indeed.\n"
)
SECOND = "Yes indeed."
HTMX = {"hx-request": "true"}


@pytest.fixture
def inside(bench: Workbench, study: str, tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "P01.txt"
    path.write_text(TALK, encoding="utf-8")
    ingest(bench, study, [path])
    with browser(bench) as found:
        yield found


def source_of(bench: Workbench) -> Source:
    with bench.store.transaction() as tx:
        [source] = tx.sources.all("test")
    return source


def address(bench: Workbench) -> str:
    return f"/studies/test/sources/{source_of(bench).id}"


class Paragraphs(HTMLParser):
    """The text of every paragraph that says where it starts."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            start = dict(attrs).get("data-start")
            self._open = start is not None
            self.found += [(int(start), "")] if start is not None else []

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)


def code(inside: TestClient, bench: Workbench, words: str, start: int, **more: Any) -> Any:
    data = {"words": words, "start": start, "end": start + len(words), "add": "stressor", **more}
    return send(inside, f"{address(bench)}/codes", data, follow_redirects=False)


def coded(bench: Workbench) -> list[tuple[str, int, list[str], str]]:
    with bench.store.transaction() as tx:
        return [(one.quote.text, one.quote.start, one.firm, one.coder) for one in tx.evidence.all("test")]


def test_every_paragraph_says_where_in_the_source_it_stands(inside: TestClient, bench: Workbench) -> None:
    text = source_of(bench).text
    found = Paragraphs(inside.get(address(bench)).text).found
    assert len(found) == 2 and all(text[start : start + len(words)] == words for start, words in found)
    assert found[0][1].startswith("\U0001f469")


def test_paragraphs_of_the_sample_study_stand_where_they_say(reader: TestClient) -> None:
    room = reader.app.state.house.rooms.room("flowline")  # type: ignore[attr-defined]
    for source in room.material.sources:
        for start, words in Paragraphs(reader.get(room.links.source(source.id)).text).found:
            assert source.text[start : start + len(words)] == words


def test_of_the_same_words_those_are_coded_that_were_marked(inside: TestClient, bench: Workbench) -> None:
    start = source_of(bench).text.rindex(SECOND)
    answer = code(inside, bench, SECOND, start)
    assert answer.status_code == 303 and f"quote={start}-{start + len(SECOND)}" in answer.headers["location"]
    assert coded(bench) == [(SECOND, start, ["stressor"], "me")]
    shown = Page(inside.get(answer.headers["location"]).text)
    assert "Coded Stressor." in shown.text and "Undo" in shown.text and "by you" not in shown.text


def test_words_behind_an_emoji_are_counted_in_code_points(inside: TestClient, bench: Workbench) -> None:
    words = "count every pallet"
    text = source_of(bench).text
    start = text.index(words)
    units = len(text[:start].encode("utf-16-le")) // 2
    assert units != start
    assert code(inside, bench, words, units).status_code == 422
    assert code(inside, bench, words, start).status_code == 303
    assert [one[:2] for one in coded(bench)] == [(words, start)]


def test_markup_and_right_to_left_words_are_shown_as_they_are_and_coded(inside: TestClient, bench: Workbench) -> None:
    text = source_of(bench).text
    for words in ("<script>alert(1)</script> & so on.", "אני סופר כל משטח פעמיים."):
        assert code(inside, bench, words, text.index(words)).status_code == 303
    shown = inside.get(f"{address(bench)}?quote={text.index('<script>')}-{text.index('& so')}").text
    assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown
    assert 'dir="auto"' in shown


def test_an_interviewers_words_are_refused_and_never_offered(inside: TestClient, bench: Workbench) -> None:
    asked = source_of(bench).text.index("And then?")
    answer = code(inside, bench, "And then?", asked)
    assert answer.status_code == 422 and "never evidence" in answer.text
    assert "not a participant’s words" in page(inside, f"{address(bench)}?quote={asked}-{asked + 9}").text
    assert coded(bench) == []


def test_other_words_at_the_place_are_refused(inside: TestClient, bench: Workbench) -> None:
    answer = code(inside, bench, "I adore zeppelins", source_of(bench).text.index("I count"))
    assert answer.status_code == 422 and "has changed since" in answer.text


def test_codes_are_changed_and_taken_away_and_undone(inside: TestClient, bench: Workbench) -> None:
    start = source_of(bench).text.rindex(SECOND)
    code(inside, bench, SECOND, start)
    data = {"words": SECOND, "start": start, "end": start + len(SECOND)}
    path = f"{address(bench)}/codes"
    answer = send(inside, path, {**data, "whole": "1", "had": "stressor", "code": ["budget", "context"]})
    assert [one[2] for one in coded(bench)] == [["budget", "context"]]
    undo = re.search(r'name="undo" value="([^"]+)"', answer.text)
    assert undo and "No longer Stressor" in answer.text
    undone = send(inside, f"{path}/undo", {"undo": undo[1]})
    assert undone.status_code == 200 and [one[2] for one in coded(bench)] == [["stressor"]]
    send(inside, path, {**data, "remove": "stressor"})
    assert coded(bench) == []
    assert send(inside, path, data).status_code == 422
    assert send(inside, f"{path}/undo", {"undo": "hc_nonsense"}).status_code == 422


def test_htmx_gets_the_part_that_changed(inside: TestClient, bench: Workbench) -> None:
    start = source_of(bench).text.rindex(SECOND)
    token = inside.app.state.keys.csrf  # type: ignore[attr-defined]
    data = {"csrf": token, "words": SECOND, "start": start, "end": start + len(SECOND), "add": "budget"}
    answer = inside.post(f"{address(bench)}/codes", data=data, headers={"origin": BASE, **HTMX})
    assert answer.status_code == 200 and answer.text.lstrip().startswith('<div class="read" id="reading">')
    assert answer.headers["hx-replace-url"].startswith(f"{address(bench)}?quote={start}-")
    part = inside.get(f"{address(bench)}?quote={start}-{start + len(SECOND)}", headers=HTMX).text
    assert 'id="chosen"' in part and "Budget" in part and "<html" not in part


def test_words_can_be_pasted_without_a_script(inside: TestClient, bench: Workbench) -> None:
    shown = inside.get(address(bench)).text
    assert 'name="words"' in shown and 'name="add" value="budget"' in shown
    answer = send(inside, f"{address(bench)}/codes", {"words": "i count every pallet twice", "add": ["budget"]})
    assert answer.status_code == 200 and [one[0][-27:] for one in coded(bench)] == ["I count every pallet twice."]
    twice = send(inside, f"{address(bench)}/codes", {"words": SECOND, "add": ["budget"]})
    assert twice.status_code == 422 and "stands in 2 places" in twice.text


def test_a_line_of_the_search_is_coded_in_place(inside: TestClient, bench: Workbench) -> None:
    start = source_of(bench).text.rindex(SECOND)
    code(inside, bench, SECOND, start)
    with bench.store.transaction() as tx:
        [one] = tx.evidence.all("test")
    path = f"/studies/test/evidence/{one.id}/codes"
    assert path in inside.get("/studies/test/evidence").text
    form = inside.get(path, headers=HTMX).text
    assert form.count('type="checkbox"') == len(load_codebook().codes) and 'value="stressor" checked' in form
    assert inside.get(path, follow_redirects=False).status_code == 303
    token = inside.app.state.keys.csrf  # type: ignore[attr-defined]
    data = {"csrf": token, "had": "stressor", "code": "budget"}
    line = inside.post(path, data=data, headers={"origin": BASE, **HTMX}).text
    assert "Coded Budget. No longer Stressor." in line and [each[2] for each in coded(bench)] == [["budget"]]
    gone = inside.post(path, data={"csrf": token, "had": "budget"}, headers={"origin": BASE, **HTMX}).text
    assert "No code is left" in gone and coded(bench) == []
    assert inside.get(path).status_code == 404


def test_a_form_without_its_token_changes_nothing(inside: TestClient, bench: Workbench) -> None:
    start = source_of(bench).text.rindex(SECOND)
    assert code(inside, bench, SECOND, start, csrf="guessed").status_code == 403
    assert coded(bench) == []


def test_keys_follow_colours_and_any_codebook_has_eight() -> None:
    ours = {one.id: one.key for one in code_choices(load_codebook())}
    assert (ours["stressor"], ours["objection"], ours["context"]) == ("1", "8", "")
    assert sorted(filter(None, ours.values())) == list("12345678")
    own = Codebook(version=1, codes=[Code(id=f"c{n}", label=f"C {n}", definition="What it means.") for n in range(10)])
    assert [one.key for one in code_choices(own)] == [*"12345678", "", ""]
