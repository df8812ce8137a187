"""The pages of the flowline study: each answers, holds what it should, and leads somewhere."""

import re
from collections import Counter
from urllib.parse import urldefrag, urljoin

import pytest
from fastapi.testclient import TestClient
from web_browser import BASE, Page, browser, page, send

from app.models.persona import MicroPersona
from app.web.rooms import Room
from app.workbench import Workbench
from retrieval.evidence import sha256

STUDY = "/studies/flowline"
PLACES = ("", "/sources", "/evidence", "/themes", "/segments", "/personas", "/centres", "/audit", "/quality")
# What a page may weigh as it is sent over the wire without packing, style and scripts apart.
HEAVIEST = 600_000
ID = re.compile(r"[a-z]+_[0-9a-f]{12}|[0-9]+|P[0-9]+")
OF_A_KIND = 12


def room_of(reader: TestClient) -> Room:
    found: Room = reader.app.state.house.rooms.room("flowline")  # type: ignore[attr-defined]
    return found


def every_page(reader: TestClient) -> list[str]:
    room = room_of(reader)
    personas = [room.links.persona(id) for id in room.persona_by_id]
    sources = [room.links.source(one.id) for one in room.material.sources]
    return ["/", *(STUDY + place for place in PLACES), *personas, *sources, f"{personas[0]}/versions"]


def test_no_page_holds_a_style_attribute_a_handler_or_a_script_of_its_own(reader: TestClient) -> None:
    for path in every_page(reader):
        found = page(reader, path)
        assert not found.styled and not found.handlers, path
        assert all(script.startswith("/static/") for script in found.scripts), path
        assert len(found.html) < HEAVIEST, (path, len(found.html))


def test_every_page_has_one_first_heading_unique_ids_and_a_way_past_the_navigation(reader: TestClient) -> None:
    for path in every_page(reader):
        found = page(reader, path)
        assert found.headings.count("h1") == 1, path
        assert len(found.ids) == len(set(found.ids)), path
        assert found.links[0] == "#main" and "main" in found.ids, path


def test_every_link_leads_to_a_page_and_to_a_place_on_it(reader: TestClient) -> None:
    """Of pages of one kind a dozen are opened: the others differ in nothing but ids."""
    pages = {path: page(reader, path) for path in every_page(reader)}
    opened = Counter[str]()
    followed = 0
    for path, found in list(pages.items()):
        for link in found.links:
            target, fragment = urldefrag(urljoin(BASE + path, link).removeprefix(BASE))
            if "/evidence?" in target:
                continue
            if target not in pages:
                opened[kind := ID.sub("", target)] += 1
                if opened[kind] > OF_A_KIND:
                    continue
                pages[target] = page(reader, target)
            assert not fragment or fragment in pages[target].ids, (path, link)
            followed += bool(fragment)
    assert followed > 500


def test_quotes_stand_word_for_word_at_the_place_they_lead_to(reader: TestClient) -> None:
    room = room_of(reader)
    seen = 0
    for persona in room.cast.personas:
        shown = page(reader, room.links.persona(persona.id)).text
        for claim in persona.grounded_claims():
            for citation in claim.citations:
                source = room.material.source_by_id[citation.source_id]
                words = citation.of(source.text)
                assert sha256(words) == citation.sha256
                seen += " ".join(words.split()) in shown
    assert seen > 100


def test_the_home_says_where_the_study_stands(reader: TestClient) -> None:
    found = page(reader, f"{STUDY}?advice=1")
    room = room_of(reader)
    assert f"{len(room.cast.covered)} of 17" in found.text.replace("\xa0", " ")
    for who in ("Researcher", "Marketer", "Writer"):
        assert who in found.text
    assert "Start with" in found.text and "Work out the advice" not in found.text


def test_advice_comes_by_itself_or_by_a_link(shown: Workbench) -> None:
    with browser(shown) as fresh:
        found = page(fresh, STUDY)
        assert "hx-get" in found.html and "?advice=1#advice" in found.links
        part = page(fresh, f"{STUDY}/advice")
        assert "Start with" in part.text and "<html" not in part.html
        assert "Start with" in page(fresh, STUDY).text


def test_a_micro_persona_shows_its_differences_beside_the_core(reader: TestClient) -> None:
    room = room_of(reader)
    for micro in room.micros():
        found = page(reader, room.links.persona(micro.id)).text.replace("\xa0", " ")
        for item in micro.differs_from_core:
            assert item.claim.text in found
            assert f"{item.lift.k} of {item.lift.n}" in found
        assert "Beside the core persona" in found


def test_gaps_say_what_to_ask(reader: TestClient) -> None:
    room = room_of(reader)
    core = room.cast.macros[0]
    asks = [claim.gap.ask_next for claim in core.claims() if claim.gap and claim.field != "table_stakes"]
    text = page(reader, room.links.persona(core.id)).text
    assert asks and all(" ".join(ask.split()) in text for ask in asks)


def test_nobody_who_withdrew_appears_anywhere(reader: TestClient) -> None:
    for path in every_page(reader):
        assert "P15" not in page(reader, path).text, path


def test_the_interviewer_is_never_marked(reader: TestClient) -> None:
    room = room_of(reader)
    html = page(reader, room.links.source(room.material.sources[0].id)).html
    turns = re.findall(r'<li class="turn (\w+)".*?</li>', html, re.S)
    assert "interviewer" in turns
    for block in re.findall(r'<li class="turn interviewer".*?</li>', html, re.S):
        assert "<mark" not in block


@pytest.mark.parametrize(
    ("query", "must", "never"),
    [
        ("?q=audit", "audit", "No quote fits"),
        ("?person=P02", "P02", "P07 ·"),
        ("?consent=marketing", "may be quoted in marketing", "P02 ·"),
        ("?code=budget", "Budget", "No quote fits"),
        ("?q=xqzwv", "Nobody said that", "P02 ·"),
        ("?q=%3Cscript%3E", "quote", "<script"),
    ],
)
def test_the_search_filters_what_people_said(reader: TestClient, query: str, must: str, never: str) -> None:
    answer = reader.get(f"{STUDY}/evidence{query}", headers={"hx-request": "true"})
    text = Page(answer.text).text
    assert must in text and never not in text
    assert "<html" not in answer.text and "<script" not in answer.text


def test_a_segment_limits_the_search_to_its_people(reader: TestClient) -> None:
    room = room_of(reader)
    micro: MicroPersona = room.micros()[0]
    answer = reader.get(f"{STUDY}/evidence?segment={micro.segment_id}&noted=1")
    heard = set(re.findall(r"(P\d\d) · ", Page(answer.text).text))
    assert heard and heard <= set(micro.sample.participants)


def test_pages_of_a_search_follow_each_other_without_a_gap(reader: TestClient) -> None:
    room = room_of(reader)
    firm = [one for one in room.material.evidence if one.firm]
    seen: list[str] = []
    number = 1
    while True:
        html = reader.get(f"{STUDY}/evidence?page={number}").text
        seen += re.findall(r'<figcaption><a href="([^"]+)"', html)
        if ">More</a>" not in html:
            break
        number += 1
    assert len(seen) == len(set(seen)) == len(firm) and number > 1


def test_a_heat_map_cell_leads_to_its_evidence(reader: TestClient) -> None:
    html = page(reader, f"{STUDY}/themes").html
    link = re.search(r'<td class="h[1-4][^>]*><a href="([^"]+)" aria-label="(P\d\d): (\d+)[^"]+"', html)
    assert link is not None
    found = page(reader, link[1].replace("&amp;", "&")).text.replace("\xa0", " ")
    assert f"{link[3]} quote" in found and link[2] in found


def test_an_empty_study_says_what_to_do(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    for place in PLACES:
        found = page(inside, f"/studies/{study}{place}")
        assert "None" not in found.text.replace("None has been drafted", "").replace("None found", ""), place
    assert "Nothing has been read yet" in page(inside, f"/studies/{study}").text


def test_no_text_to_audit_is_told(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    assert send(inside, f"/studies/{study}/audit", {"text": " "}).status_code == 422


def test_without_a_job_desk_nothing_long_is_started(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    sent = send(inside, f"/studies/{study}/sources", files={"files": ("P01.txt", b"P01: I check it twice.")})
    assert sent.status_code == 409 and "dramatis serve" in Page(sent.text).text
    assert not bench.settings.uploads.exists()


def test_a_pasted_persona_is_audited(reader: TestClient) -> None:
    text = "They buy on a whim.\n\n“I see the red dot. It is blinking at me.” (P02)\n\n“We never look at prices.” (P02)"
    answer = send(reader, f"{STUDY}/audit", {"text": text})
    found = Page(answer.text).text
    assert answer.status_code == 200
    assert "invented" in found and "borne out by the interviews" in found
    assert any("/sources/src_" in link for link in Page(answer.text).links)


def test_versions_tell_what_changed(reader: TestClient) -> None:
    room = room_of(reader)
    text = page(reader, room.links.persona(room.cast.personas[0].id) + "/versions").text
    assert "the only one so far" in text


def test_runs_say_who_read_and_what_it_cost(reader: TestClient) -> None:
    text = page(reader, f"{STUDY}/quality").text
    for word in ("local", "code", "themes", "segment", "draft", "Tokens", "Cost"):
        assert word in text
