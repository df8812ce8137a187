"""A study in which everything that people write tries to become markup, a script or a template: it stays words.

The browser is told to ignore the content security policy, so that escaping alone is tried.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from page_list import ROUTES, addresses
from playwright.sync_api import BrowserContext, Page
from serving import Enter
from web_browser import browser, send

from app.intake.ingest import ingest
from app.workbench import Workbench

STUDY = "flowline"
# Looks, before something that takes a moment counts as missing.
SOON = 250
PRODUCT = "5332114"  # of the template, were it one
SCRIPT = "<script>ran('{0}')</script>"
IMAGE = "{0}\"'><img src=x onerror=ran(0)>"
LINK = "javascript:ran('{0}')"
TEMPLATE = "{0} {{{{1234*4321}}}} ${{{{1234*4321}}}}"
# What is written where. A name of a file holds no slash.
NAME = SCRIPT.format("name") + TEMPLATE.format("study")
AREA, PRODUCT_NAME, QUESTION = IMAGE.format("area"), LINK.format("product"), SCRIPT.format("question")
FILE, LABEL = IMAGE.format("file"), IMAGE.format("label")
ROLE, INDUSTRY, ACCOUNT = SCRIPT.format("role"), IMAGE.format("industry"), IMAGE.format("account")
WORDS = "We chose it because " + SCRIPT.format("words") + " saves us an hour."
THEME, SEGMENT = IMAGE.format("theme"), SCRIPT.format("segment")
CLAIM = "They say " + IMAGE.format("claim") + TEMPLATE.format("claim")
COLUMN = IMAGE.format("column")
WRITTEN = {
    "the study's name": NAME, "its area": AREA, "its question": QUESTION, "a file's name": FILE,
    "a speaker's label": LABEL, "a role": ROLE, "an industry": INDUSTRY, "an account": ACCOUNT,
    "what somebody said": WORDS, "a theme's name": THEME, "a segment's name": SEGMENT, "a claim as edited": CLAIM,
}  # fmt: skip
# What none of our pages holds.
MADE = "img, iframe, object, embed, base, script:not([src]), [onerror], [onclick], [onload], a[href^='javascript:' i]"


@dataclass
class Caught:
    """What went on while the pages were read."""

    ran: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)
    made: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def shown(shown: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """The sample study, after somebody with bad intentions wrote wherever one can write."""
    with shown.store.transaction() as tx:
        study = tx.studies.get(STUDY)
        assert study is not None
        named = {"name": NAME, "product_area": AREA, "product": PRODUCT_NAME, "research_question": QUESTION}
        tx.studies.save(study.model_copy(update=named))
    report = ingest(shown, STUDY, files_in(tmp_path_factory.mktemp("hostile")))
    assert not report.refused, report.refused
    with browser(shown) as door:
        for path, data in forms_for(shown):
            answer = send(door, f"/studies/{STUDY}{path}", data, follow_redirects=False)
            assert answer.status_code == 303, (path, answer.status_code, answer.text[-600:])
    return shown


def files_in(folder: Path) -> list[Path]:
    """An interview, who took part in it, and what is known of their account."""
    spoken = folder / f"{FILE}.json"
    turns = [
        ("Interviewer", "Why did you choose it?"),
        (LABEL, WORDS),
        ("Interviewer", "And now?"),
        (LABEL, "It stays."),
    ]
    spoken.write_text(json.dumps([{"speaker": who, "text": text} for who, text in turns]))
    people, accounts = folder / "participants.csv", folder / "crm.csv"
    with people.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["participant", "file", "role", "industry", "account", "consent", COLUMN])
        rows.writerow(["P90", spoken.name, ROLE, INDUSTRY, ACCOUNT, "research+marketing", "much"])
    with accounts.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["account", "industry", "stage", "lifetime_value", "converted", COLUMN])
        rows.writerow([ACCOUNT, INDUSTRY, ROLE, "1", "no", "much"])
    return [people, spoken, accounts]


def forms_for(bench: Workbench) -> Iterator[tuple[str, dict[str, str]]]:
    """Which form is sent with what."""
    with bench.store.transaction() as tx:
        persona, theme = tx.results.personas(STUDY)[0], tx.results.themes(STUDY)[0]
        (source,) = [one for one in tx.sources.all(STUDY) if WORDS in one.text]
    start = source.text.index(WORDS)
    place = {"start": str(start), "end": str(start + len(WORDS)), "words": WORDS, "add": "motivation"}
    yield f"/sources/{source.id}/codes", place
    yield "/themes/decisions", {"change": "rename", "theme": theme.id, "label": THEME}
    yield "/segments/decisions", {"change": "rename", "segment": persona.segment_id, "name": SEGMENT}
    claim = persona.grounded_claims()[0]
    yield f"/personas/{persona.id}/claims/{claim.id}/review", {"state": "edited", "text": CLAIM}
    yield "/briefs", {"persona": persona.id, "stage": "top"}


@pytest.fixture(scope="module")
def context(known: dict[str, list[str]], site: str, enter: Enter) -> BrowserContext:
    return enter(site, base_url=site, bypass_csp=True)


@pytest.fixture(scope="module")
def caught(known: dict[str, list[str]], context: BrowserContext, site: str, shown: Workbench) -> Caught:
    """Every page was opened, with scripts, and every brief as a page to keep."""
    found = Caught()
    context.expose_binding("ran", lambda _source, what: found.ran.append(str(what)))
    with shown.store.transaction() as tx:
        hostile = [one.id for one in tx.sources.all(STUDY) if WORDS in one.text]
        edited = tx.results.personas(STUDY)[0].id
    first = {"source_id": hostile, "persona_id": [edited], "person": ["P90"]}
    every = known | {name: [*ids, *known[name]] for name, ids in first.items()}
    with context.new_page() as page:
        page.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: found.elsewhere.append(asked.url) if not ours(asked.url, site) else None)
        for address in (one for route in ROUTES for one in addresses(route, every)):
            page.goto(address)
            page.wait_for_load_state("load")
            look(page, address, found)
        for brief in known["brief_id"]:
            kept = context.request.get(f"/studies/{STUDY}/briefs/{brief}/download?as=html")
            page.set_content(kept.text())
            look(page, f"{brief} as a file", found)
    return found


def ours(url: str, site: str) -> bool:
    return url.startswith((site, "data:", "about:"))


def look(page: Page, address: str, found: Caught) -> None:
    found.text[address] = page.locator("body").text_content() or ""
    if page.locator(MADE).count():
        found.made[address] = [
            one[:200] for one in page.locator(MADE).evaluate_all("all => all.map((one) => one.outerHTML)")
        ]


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_it_is_shown_as_it_was_written(caught: Caught, written: str) -> None:
    assert any(written in " ".join(text.split()) for text in caught.text.values())


def test_nothing_runs_and_nothing_opens(caught: Caught) -> None:
    assert (caught.ran, caught.dialogs) == ([], [])


def test_nothing_becomes_markup(caught: Caught) -> None:
    assert caught.made == {}


def test_nothing_is_asked_of_anybody_else(caught: Caught) -> None:
    assert caught.elsewhere == []


def test_no_template_is_worked_out(caught: Caught) -> None:
    assert not [address for address, text in caught.text.items() if re.search(PRODUCT, text)]


def test_it_would_have_been_caught(site: str, enter: Enter) -> None:
    """The same payloads, were they written into a page as they are."""
    ran: list[str] = []
    with enter(site, base_url=site, bypass_csp=True) as context:
        context.expose_binding("ran", lambda _source, what: ran.append(str(what)))
        page = context.new_page()
        page.goto("/")
        page.set_content(f"<p>{ROLE}<p>{FILE}")
        assert page.locator(MADE).count() == 2
        for _ in range(SOON):
            page.wait_for_timeout(20)
            if len(ran) == 2:
                break
    assert sorted(ran) == ["0", "role"]
