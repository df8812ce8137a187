"""Whose words somebody sees. Two participants agreed to research only, and every sentence of theirs is marked."""

import json
from collections.abc import Iterator
from html import escape as html_escape
from itertools import product

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from known_ids import known_ids
from marked_study import CLOSED, MARK
from markupsafe import escape
from routes import Asked, routes_of
from team import BASE, csrf, logged_in, team_app

from app.access.veil import Veil
from app.access.veiling import said_by_study
from app.jobs.durable import DurableDesk
from app.playbook.words import WITHHELD
from app.web.veiled import Veils
from app.workbench import Workbench
from retrieval.evidence import Consent, Participant, Role, Source, SourceKind, Speaker, Turn

House = tuple[Workbench, DurableDesk]
QUERIES = {
    "/studies/{study_id}/evidence": ["?noted=1&q=" + MARK, "?noted=1&q=the+schedule", "?noted=1", "?noted=1&page=2"]
    + [f"?noted=1&person={person}" for person in CLOSED],
    "/studies/{study_id}": ["?advice=1"],
    "/api/v1/studies/{study}/evidence": ["?limit=500", "?words=" + MARK],
    "/api/v1/studies/{study}/personas/{persona}/diff": ["?before=1&after=1"],
}


@pytest.fixture(scope="module")
def ids(house: House) -> dict[str, list[str]]:
    """Parameter of a path → all there are."""
    found = known_ids(*house)
    some = found["evidence"][::20]
    return found | {"evidence": some, "evidence_id": some}


@pytest.fixture(scope="module")
def app(house: House) -> FastAPI:
    return team_app(*house)


@pytest.fixture(scope="module")
def seen(app: FastAPI, ids: dict[str, list[str]]) -> Iterator[dict[str, dict[str, str]]]:
    """Role → address → what was answered, for every address that can be read."""
    yield {role: walk(logged_in(app, f"{role} inside"), list(routes_of(app)), ids)
           for role in ("researcher", "marketer", "writer")}  # fmt: skip


def walk(browser: TestClient, routes: list[Asked], ids: dict[str, list[str]]) -> dict[str, str]:
    answers = {}
    for asked in routes:
        if asked.method != "GET" or asked.path.endswith("/events"):
            continue
        for values in product(*(ids[name] for name in asked.parameters)):
            plain = asked.address(dict(zip(asked.parameters, values, strict=True)))
            for query in ["", *QUERIES.get(asked.path, [])]:
                answer = browser.get(plain + query)
                assert answer.status_code < 500, (plain, answer.text[:300])
                answers[plain + query] = answer.text.casefold()
    return answers


@pytest.fixture(scope="module")
def ours(house: House) -> list[str]:
    """Claims and labels as answers write them, longest first. The local engine makes them of what people said, so
    the mark is in some."""
    with house[0].store.transaction() as tx:
        told = {text for text in said_by_study(tx, "small") if MARK in text}
    written = {form(text).casefold() for text in told for form in (str, escape, html_escape, in_json)}
    return sorted(written, key=len, reverse=True)


def in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def showing(answers: dict[str, str], ours: list[str]) -> list[str]:
    """Where the mark is shown outside of our own sentences; that a search repeats what was typed shows nobody's
    words."""
    return [path for path, text in answers.items() if MARK in text and MARK in without(text, ours)]


def without(text: str, ours: list[str]) -> str:
    for one in [f'value="{MARK}"', f"q={MARK}", *ours]:
        text = text.replace(one, "")
    return text


@pytest.mark.parametrize("role", ["marketer", "writer"])
def test_no_word_of_who_agreed_to_research_only_goes_out(
    seen: dict[str, dict[str, str]], ours: list[str], role: str
) -> None:
    assert len(seen[role]) > 60
    assert showing(seen[role], ours) == []


def test_claims_are_shown_whoever_they_rest_on(seen: dict[str, dict[str, str]], ours: list[str]) -> None:
    pages = " ".join(text for path, text in seen["marketer"].items() if path.startswith("/studies/small/personas/"))
    assert any(MARK in one and one in pages for one in ours)


def test_a_researcher_sees_them_everywhere(seen: dict[str, dict[str, str]], ours: list[str]) -> None:
    """Or the test above could not fail."""
    shown = showing(seen["researcher"], ours)
    places = ("/sources/", "/personas/", "/evidence", "/themes", "/api/v1/studies/small/personas/")
    for place in (*places, "/api/v1/studies/small/evidence", "/api/v1/studies/small/sources/", "/themes/"):
        assert any(place in path for path in shown), place


def test_it_is_told_in_place_that_words_are_withheld_and_by_whom(seen: dict[str, dict[str, str]]) -> None:
    page = seen["marketer"]["/studies/small/evidence?noted=1&person=P12"]
    assert WITHHELD.casefold() in page and "p12 ·" in page
    persona = next(text for path, text in seen["marketer"].items()
                   if path.startswith("/studies/small/personas/") and WITHHELD.casefold() in text)  # fmt: skip
    assert " of " in persona


def test_nothing_leads_to_words_that_are_withheld(house: House, app: FastAPI, seen: dict[str, dict[str, str]]) -> None:
    with house[0].store.transaction() as tx:
        closed = [one.id for one in tx.sources.each("small") if set(one.participant_ids) & set(CLOSED)]
    pages = {path: text for path, text in seen["marketer"].items() if not path.startswith("/api/")}
    assert [path for path, text in pages.items() for id in closed if f'href="/studies/small/sources/{id}' in text] == []
    assert any(f'href="/studies/small/sources/{closed[0]}' in text for text in seen["researcher"].values())


def test_words_that_may_be_used_are_shown(seen: dict[str, dict[str, str]]) -> None:
    page = seen["marketer"]["/studies/small/evidence?noted=1"]
    assert page.count("<blockquote") > 5
    assert page.count(WITHHELD.casefold()) < page.count("<blockquote")


def test_our_own_words_are_not_withheld(seen: dict[str, dict[str, str]]) -> None:
    """Headings, navigation and questions stand as for a researcher."""
    for path in ("/studies/small", "/studies/small/sources", "/studies/small/quality", "/studies/small/segments"):
        told = seen["marketer"][path]
        assert "<h1>" in told and f"<h1>{WITHHELD.casefold()}" not in told


def test_who_has_an_answer_is_not_told_that_it_is_the_same_since_consent_may_have_changed(
    app: FastAPI, ids: dict[str, list[str]]
) -> None:
    address = f"/api/v1/studies/small/personas/{ids['persona'][0]}"
    for who, status in (("marketer inside", 200), ("researcher inside", 304)):
        browser = logged_in(app, who)
        tag = browser.get(address).headers["etag"]
        assert browser.get(address, headers={"if-none-match": tag}).status_code == status


def test_no_veil_is_made_for_a_study_one_does_not_belong_to(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = logged_in(app, "marketer outside")
    made: list[str] = []
    monkeypatch.setattr(Veils, "over", lambda _veils, study_id: made.append(study_id))
    for study in ("small", "no-such-study"):
        assert browser.get(f"/studies/{study}").status_code == 404
    assert made == []


@pytest.mark.parametrize(
    "path", ["/studies/small/sources/{}", "/api/v1/studies/small/sources/{}"], ids=["page", "rest"]
)
def test_a_source_is_read_where_all_in_it_agreed(house: House, app: FastAPI, path: str) -> None:
    bench, _desk = house
    marketer = logged_in(app, "marketer inside")
    with bench.store.transaction() as tx:
        sources = list(tx.sources.each("small"))
    for one in sources:
        closed = one.kind is SourceKind.NOTE or set(one.participant_ids) & set(CLOSED)
        answer = marketer.get(path.format(one.id))
        assert answer.status_code == (403 if closed else 200), one.name
        assert not closed or "research" in answer.text.casefold()


def test_asking_and_auditing_tell_nothing_of_theirs(app: FastAPI) -> None:
    browser = logged_in(app, "marketer inside")
    headers = {"origin": BASE, "x-csrf-token": csrf(browser)}
    for question in ("What goes wrong with the schedule?", "Who decides about money?", "What did it cost?"):
        asked = browser.post("/api/v1/studies/small/ask", json={"question": question, "limit": 50}, headers=headers)
        assert MARK not in asked.text
        if asked.status_code == 200:
            assert all(one["participant_id"] not in CLOSED for one in asked.json()["quotes"])
            assert all(one["kind"] == "interview" for one in asked.json()["quotes"])
    text = "# Kim\n\nKim pays late.\n\nKim wants the schedule on paper.\n\nKim decides alone about money."
    files = {"file": ("kim.md", text.encode())}
    sent = browser.post("/api/v1/studies/small/audit", files=files, headers=headers)
    assert sent.status_code == 200 and MARK not in sent.text
    shown = browser.post("/studies/small/audit", data={"csrf": csrf(browser), "text": text}, headers={"origin": BASE})
    assert shown.status_code == 200 and MARK not in shown.text


def test_what_the_table_says_of_people_is_for_whoever_may_import_it(app: FastAPI) -> None:
    path = "/api/v1/studies/small/participants"
    known = {role: logged_in(app, f"{role} inside").get(path).json()["items"] for role in ("researcher", "marketer")}
    assert any(one["attributes"] for one in known["researcher"])
    assert not any(one.get("attributes") for one in known["marketer"]) and known["marketer"]


def test_a_search_does_not_tell_what_somebody_said(app: FastAPI) -> None:
    """Neither by what is found nor by how much."""
    marketer, researcher = logged_in(app, "marketer inside"), logged_in(app, "researcher inside")
    path = f"/api/v1/studies/small/evidence?words={MARK}"
    assert researcher.get(path).json()["total"] > 0 and marketer.get(path).json()["total"] == 0
    page = marketer.get(f"/studies/small/evidence?noted=1&q={MARK}").text
    assert not any(f">{person} ·" in page or f"</span>{person} ·" in page for person in CLOSED)


def test_a_writer_sees_only_what_is_published(house: House, app: FastAPI, ids: dict[str, list[str]]) -> None:
    bench, _desk = house
    writer = logged_in(app, "writer inside")
    id = ids["persona"][0]
    paths = [f"/studies/small/personas/{id}", f"/api/v1/studies/small/personas/{id}",
             f"/studies/small/personas/{id}/versions", f"/api/v1/studies/small/personas/{id}/versions/1"]  # fmt: skip
    assert [writer.get(path).status_code for path in paths] == [200] * 4
    assert writer.get("/api/v1/studies/small/personas").json()["total"] == len(ids["persona"])
    with bench.store.transaction() as tx:
        out = tx.publications.all("small")
        for one in out:
            tx.publications.delete("small", one)
    try:
        assert [writer.get(path).status_code for path in paths] == [404] * 4
        assert writer.get("/api/v1/studies/small/personas").json()["total"] == 0
        assert id not in writer.get("/studies/small/personas").text
    finally:
        with bench.store.transaction() as tx:
            for publication in out.values():
                tx.publications.save("small", publication)


def a_source(*said: tuple[str, str]) -> Source:
    text, turns = "", []
    for index, (who, words) in enumerate(said):
        turns.append(Turn(start=len(text), end=len(text) + len(words), index=index, speaker=who))
        text += words + "\n"
    speakers = [
        Speaker(label=who, role=Role.PARTICIPANT, participant_id=who) for who in dict.fromkeys(w for w, _ in said)
    ]
    return Source(id="s", name="s.txt", kind=SourceKind.INTERVIEW, text=text, content_sha256="0", turns=turns,
                  speakers=speakers)  # fmt: skip


@pytest.fixture
def veil() -> Veil:
    source = a_source(
        ("A", "We retype figures into three systems every night. It drives me mad, honestly & truly."),
        ("B", "At the end of the day somebody has to count the pallets."),
    )
    people = [Participant(id="A", consent=Consent.RESEARCH), Participant(id="B", consent=Consent.MARKETING)]
    return Veil.of([source], people, frozenset())


@pytest.mark.parametrize(("said", "shown"), [
    ("They retype figures into three systems.", WITHHELD),
    ("9 of 17 people. They retype figures into three systems. A fine day.", f"9 of 17 people. {WITHHELD} A fine day."),
    ("RETYPE\nFIGURES\nINTO", WITHHELD),
    ("Somebody has to count the pallets.", "Somebody has to count the pallets."),
    ("Figures are retyped.", "Figures are retyped."),
    ("", ""),
], ids=["third person", "one sentence of three", "over lines", "another's", "our words", "nothing"])  # fmt: skip
def test_the_veil_withholds_the_sentence(veil: Veil, said: str, shown: str) -> None:
    assert veil.text(said) == shown


def test_the_veil_lies_over_text_and_what_attributes_show(veil: Veil) -> None:
    page = '<p class="every night it" title="Drives me mad, honestly &amp; truly">It drives <b>me mad</b></p>'
    shown = veil.page(page)
    assert shown == f'<p class="every night it" title="{WITHHELD}">It drives <b>me mad</b></p>'
    assert veil.page("<p>drives me mad, honestly &amp; truly.</p>") == f"<p>{WITHHELD}</p>"


def test_quotes_in_json_are_withheld_by_whose_they_are(veil: Veil) -> None:
    quote = {"participant_id": "A", "text": "Short.", "sha256": "f00", "start": 1, "stance": "supports"}
    assert veil.json(quote) == quote | {"text": WITHHELD, "sha256": ""}
    assert veil.json(quote | {"participant_id": "B"}) == quote | {"participant_id": "B"}
    evidence = {"id": "e", "quote": quote, "question": "Why?", "gist": "retypes", "passage": quote}
    assert veil.json(evidence)["question"] == veil.json(evidence)["gist"] == ""
