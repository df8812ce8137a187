"""Makes the four pictures of the README from the real workbench: a home of its own, the sample study, a real browser.

    make pictures

Nothing is drawn by hand: a claim is accepted and one rejected as a reviewer does it, by keys; the reader is opened by
following a quote. The pictures change only where the pages do, so a difference in a review is one that people see.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from app.errors import NotFound
from app.intake.sample import import_sample
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_workbench

STUDY = "flowline"
DOCS = Path(__file__).resolve().parents[1] / "docs"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 1280, 860
# What a page of the repository may weigh: pictures are fetched by everybody who looks.
MOST_BYTES = 250 * 1024
ADDRESS = re.compile(r"http://\S+")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        _run(Path(home))
        with _served(Path(home)) as address, _browser() as page:
            page.goto(address)
            for name, scene in (("home", home_of_study), ("persona", review), ("reader", reading), ("segments", tree)):
                scene(page, f"{address.partition('/enter')[0]}/studies/{STUDY}")
                _keep(page, DOCS / f"{name}.png")


def home_of_study(page: Page, study: str) -> None:
    page.goto(study)


def review(page: Page, study: str) -> None:
    """The first claim accepted and the second rejected, the toast about it gone again."""
    page.goto(f"{study}/personas")
    page.get_by_role("link", name="Wait-and-see manager").click()
    for number, key in ((0, "Accept"), (1, "Reject")):
        claim = page.locator("[data-claim]").nth(number)
        claim.get_by_role("button", name=key).click()
        page.locator("[data-claim]").nth(number).get_by_text(f"{key}ed by").wait_for()
    page.reload()
    page.evaluate("scrollTo(0, 0)")


def reading(page: Page, study: str) -> None:
    """Where a quote of the persona stands in its interview."""
    found = page.locator("[data-claim] figure.q a").first.get_attribute("href")
    page.goto(f"{study.partition('/studies/')[0]}{found}")
    page.locator("#chosen.on").wait_for()


def tree(page: Page, study: str) -> None:
    page.goto(f"{study}/segments")


def _keep(page: Page, path: Path) -> None:
    page.locator(".htmx-request").wait_for(state="detached")
    page.screenshot(path=path)
    size = path.stat().st_size
    print(f"{path.relative_to(DOCS.parent)}: {size / 1024:.0f} KB")
    if size > MOST_BYTES:
        raise SystemExit(f"{path.name} is larger than {MOST_BYTES // 1024} KB.")


def _run(home: Path) -> None:
    """The sample study, read and drafted by the local engine."""
    bench = build_workbench(Settings(home=home, engine="local"))
    import_sample(bench, STUDY)
    run_study(bench, STUDY)
    bench.store.close()


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """The address that `dramatis serve` prints, as long as it answers."""
    command = [str(Path(sys.executable).with_name("dramatis")), "serve", "--port", "0"]
    within = {
        **os.environ,
        "DRAMATIS_HOME": str(home),
        "DRAMATIS_ENGINE": "local",
        "COLUMNS": "300",
        "PYTHONUNBUFFERED": "1",
    }
    server = subprocess.Popen(command, env=within, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603 (our own command)
    try:
        found = next((said for line in server.stdout or () if (said := ADDRESS.search(line))), None)
        if found is None:
            raise NotFound("address", "dramatis serve", "It ended without one")
        yield found[0]
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _browser() -> Iterator[Page]:
    """A page of a browser of this machine, light and at rest."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        raise NotFound("browser", "chromium", "Install Debian's package chromium")
    with sync_playwright() as playwright:
        alone = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=alone)
        yield browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        browser.close()


if __name__ == "__main__":
    main()
