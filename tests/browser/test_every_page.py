"""Every page in a real browser, wide and narrow, light and dark: accessible, still, light, and within its own walls."""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_list import ROUTES, addresses
from playwright.sync_api import BrowserContext, Page

Looks = dict[tuple[int, str], BrowserContext]
Known = dict[str, list[str]]

MOST_BYTES = 150 * 1024
MOST_SHIFT = 0.01
# What the page moved since it was opened.
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Noticed:
    """What went on while a page was open. Chromium tells a breach of the content security policy as an error."""

    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    sent: float = 0.0

    def watch(self, page: Page, site: str) -> None:
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda asked: self.elsewhere.append(asked.url) if not asked.url.startswith(site) else None)
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.loadingFinished", lambda done: self._weigh(done["encodedDataLength"]))

    def _weigh(self, sent: float) -> None:
        self.sent += sent


def faults_in(page: Page, site: str, address: str, noticed: Noticed) -> list[str]:
    """What is wrong with the page, in a line each."""
    noticed.watch(page, site)
    page.add_init_script(SHIFTS)
    answer = page.goto(site + address, wait_until="load")
    assert answer is not None and answer.status == 200, (address, answer and answer.status)
    page.locator(".htmx-request").wait_for(state="detached")
    faults = [f"{one['id']} at {[node['target'] for node in one['nodes']][:4]}" for one in violations(page)]
    faults += [f"error: {one}" for one in noticed.errors] + [f"asked elsewhere: {one}" for one in noticed.elsewhere]
    if (wider := page.evaluate(OVERFLOW)) > 0:
        faults.append(f"{wider} px wider than the window")
    if (shifted := page.evaluate("window.shifted")) > MOST_SHIFT:
        faults.append(f"the layout shifts by {shifted:.3f}")
    if noticed.sent > MOST_BYTES:
        faults.append(f"{noticed.sent / 1024:.0f} KB sent")
    return faults


def violations(page: Page) -> list[dict]:  # type: ignore[type-arg]
    return Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_is_accessible_still_light_and_within_its_walls(
    looks: Looks, site: str, known: Known, route: str
) -> None:
    faults: list[str] = []
    for address in addresses(route, known):
        for (width, scheme), context in looks.items():
            with context.new_page() as page:
                found = faults_in(page, site, address, Noticed())
            faults += [f"{address} at {width} px, {scheme}: {one}" for one in found]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("route", [one for one in ROUTES if one.count("{") == 1 and "{study_id}" in one])
def test_a_page_of_an_empty_study_is_as_good(looks: Looks, site: str, route: str) -> None:
    faults: list[str] = []
    for look in ((1280, "light"), (390, "dark")):
        with looks[look].new_page() as page:
            found = faults_in(page, site, route.replace("{study_id}", "empty"), Noticed())
        faults += [f"{look}: {one}" for one in found]
    assert not faults, "\n".join(faults)
