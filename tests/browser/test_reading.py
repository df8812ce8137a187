"""Reading and working without a script, and with a keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from page_list import ROUTES, addresses
from playwright.sync_api import BrowserContext, Page, expect
from serving import Enter

from app.models.persona import MacroPersona
from app.workbench import Workbench

Known = dict[str, list[str]]
STUDY = "/studies/flowline"
# What tells one thing from another of its kind.
ID = re.compile(r"[a-z]+_[0-9a-f]{6,}|(?<=/)[A-Z]\d+|\d+")
# A page that says less than this says nothing.
LEAST_WORDS = 12
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
# Where the focus is: whether it was there before, and whether one sees it.
STEP = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const again = "reached" in one.dataset, style = getComputedStyle(one);
  one.dataset.reached = "";
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {again, ring, name: one.outerHTML.slice(0, 90)};
}"""
MISSED = """(controls) => [...document.querySelectorAll(controls)]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))
  .filter((one) => !("reached" in one.dataset)).map((one) => one.outerHTML.slice(0, 90))"""


@dataclass(frozen=True)
class Read:
    """What a page holds: main headings, words, controls that do nothing, places that stay empty, and links."""

    headings: int
    words: int
    idle: int
    waits: int
    links: list[str]


@pytest.fixture(scope="module")
def plain(known: Known, site: str, enter: Enter) -> BrowserContext:
    """A browser that runs no script."""
    return enter(site, java_script_enabled=False, base_url=site)


@pytest.fixture
def sheet(plain: BrowserContext) -> Iterator[Page]:
    with plain.new_page() as page:
        yield page


@pytest.fixture
def keyed(known: Known, site: str, enter: Enter) -> Iterator[Page]:
    """A page with scripts, in a browser that has no switches set."""
    with enter(site, base_url=site).new_page() as page:
        yield page


@pytest.fixture(scope="module")
def persona(shown: Workbench) -> str:
    """The address of a core persona."""
    with shown.store.transaction() as tx:
        first = next(one for one in tx.results.personas("flowline") if isinstance(one, MacroPersona))
    return f"{STUDY}/personas/{first.id}"


@pytest.fixture(scope="module")
def read(known: Known, plain: BrowserContext) -> dict[str, Read]:
    """Every page as it stands in that browser."""
    found = {}
    with plain.new_page() as page:
        for address in (one for route in ROUTES for one in addresses(route, known)):
            page.goto(address)
            found[address] = Read(
                headings=page.locator("h1:visible").count(),
                words=len(page.locator("main").inner_text().split()),
                idle=page.locator(":is(.js-only, [data-copy], [data-print], [data-go]):visible:not(a)").count(),
                waits=page.locator("[hx-trigger=load]").count() - page.locator("[hx-trigger=load] a[href]").count(),
                links=page.locator("a[href]").evaluate_all("all => all.map((one) => one.getAttribute('href'))"),
            )  # fmt: skip
    return found


def test_every_page_has_one_main_heading_and_something_to_read(read: dict[str, Read]) -> None:
    assert not [address for address, one in read.items() if one.headings != 1]
    assert not {address: one.words for address, one in read.items() if one.words < LEAST_WORDS}


def test_no_page_offers_or_waits_for_what_only_a_script_can_do(read: dict[str, Read]) -> None:
    assert not {address: one for address, one in read.items() if one.idle or one.waits}


def test_every_link_leads_somewhere(plain: BrowserContext, read: dict[str, Read]) -> None:
    """One link of each kind, from the last page that has one; of files that are made on demand, the schemas."""
    led = {
        kind_of(link): (link, address)
        for address, one in read.items()
        for link in one.links
        if "/exports/" not in link or link.endswith("schemas.zip")
    }
    lost = [(link, on) for link, on in led.values() if link[0] == "/" and plain.request.get(link).status != 200]
    assert len(led) > len(ROUTES) / 2
    assert not lost


def test_a_claim_is_reviewed_and_said_in_other_words(sheet: Page, persona: str) -> None:
    sheet.goto(persona)
    sheet.get_by_role("button", name="Accept").first.click()
    claim = sheet.locator("[data-claim]").first
    expect(claim).to_contain_text("Accepted by you")
    claim.get_by_role("link", name="Edit").click()
    sheet.get_by_label("The claim in your words").fill("They say it in other words.")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet.locator("[data-claim=edited]")).to_contain_text("They say it in other words.")


def test_files_are_added(sheet: Page, tmp_path: Path) -> None:
    sheet.goto(f"{STUDY}/sources")
    (tmp_path / "P40.txt").write_text("Interviewer: Why?\nP40: It has to be simple, or nobody uses it.\n")
    sheet.locator("#files").set_input_files(tmp_path / "P40.txt")
    sheet.get_by_role("button", name="Add them").click()
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Import files")
    expect(sheet.get_by_role("link", name="Reload the page")).to_be_visible()


def test_words_are_searched(sheet: Page) -> None:
    sheet.goto(STUDY)
    sheet.locator("#find").fill("budget approval")
    sheet.locator("#find").press("Enter")
    expect(sheet.get_by_role("heading", level=1)).to_have_text("What people said")
    expect(sheet.locator("#q")).to_have_value("budget approval")
    assert sheet.locator("#found a[href*='quote=']").count() > 0


def test_a_person_is_moved_and_moved_back(sheet: Page) -> None:
    sheet.goto(f"{STUDY}/segments")
    sheet.get_by_role("link", name="Move P01").click()
    menu = sheet.locator("form.menu").first
    menu.get_by_label("Move P01 to").select_option(index=0)
    menu.get_by_role("button", name="Move").click()
    expect(sheet.get_by_role("status").filter(has_text="Done:")).to_contain_text("P01")
    sheet.get_by_role("button", name="Take it back").click()
    expect(sheet.locator("#decisions")).to_have_count(0)


def test_a_brief_is_written(sheet: Page, persona: str) -> None:
    sheet.goto(f"{STUDY}/briefs")
    sheet.get_by_role("button", name="Write the brief").click()
    expect(sheet.locator("article.brief h1")).to_be_visible()


@pytest.mark.parametrize("place", ["home", "persona"])
def test_the_tab_key_reaches_every_control_and_shows_where_it_is(keyed: Page, persona: str, place: str) -> None:
    keyed.goto({"home": STUDY, "persona": persona}[place])
    expect(keyed.locator("[hx-trigger=load]")).to_have_count(0, timeout=120_000)
    keyed.keyboard.press("Tab")
    expect(keyed.get_by_role("link", name="Skip to content")).to_be_focused()
    unseen = []
    while (here := keyed.evaluate(STEP)) and not here["again"]:
        unseen += [] if here["ring"] else [here["name"]]
        keyed.keyboard.press("Tab")
    assert not unseen
    assert not keyed.evaluate(MISSED, CONTROLS)


def test_the_skip_link_leads_past_the_navigation(keyed: Page) -> None:
    keyed.goto(STUDY)
    keyed.keyboard.press("Tab")
    expect(keyed.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    keyed.keyboard.press("Enter")
    keyed.keyboard.press("Tab")
    assert keyed.locator("main :focus").count() == 1


def test_single_keys_can_be_switched_off_and_stay_so(keyed: Page, persona: str) -> None:
    keyed.goto(persona)
    keyed.keyboard.press("/")
    expect(keyed.locator("#find")).to_be_focused()
    keyed.get_by_label("Single keys").uncheck()
    keyed.get_by_label("Single keys").blur()
    keyed.keyboard.press("/")
    expect(keyed.locator("#find")).not_to_be_focused()
    for key in "jx":
        keyed.keyboard.press(key)
    expect(keyed.locator("[data-claim=rejected]")).to_have_count(0)
    keyed.reload()
    expect(keyed.get_by_label("Single keys")).not_to_be_checked()
    keyed.keyboard.press("/")
    expect(keyed.locator("#find")).not_to_be_focused()


def kind_of(link: str) -> tuple[str, ...]:
    """The page a link leads to, whatever it is about, and the names of what it asks of it."""
    parts = urlsplit(link)
    return (ID.sub("*", parts.path), *sorted(dict(parse_qsl(parts.query))))
