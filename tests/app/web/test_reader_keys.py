"""The reader in a real browser: what is selected by key or pointer is what is coded, emoji, markup and all."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from app.intake.ingest import ingest
from app.web.app import create_app
from app.web.server import hold
from app.workbench import Workbench

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: install the package chromium")
TALK = (
    "Interviewer: \U0001f600 What is it like?\n\n"
    "P01: \U0001f469‍\U0001f527 Well. I count every <b>pallet</b> twice. Yes indeed.\n\n"
    "Interviewer: And then?\n\nP01: סופר הכול פעמיים. Yes indeed.\n"
)
SECRET = "of-this-test"  # noqa: S105


@contextmanager
def served(bench: Workbench) -> Iterator[str]:
    """The workbench on a free port; the address lets one in."""
    held = hold("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(bench, secret=SECRET), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{held.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def reading(bench: Workbench, study: str, tmp_path: Path) -> Iterator[Page]:
    """The reader with the talk, in chromium; whatever the page complains of fails the test."""
    path = tmp_path / "P01.txt"
    path.write_text(TALK, encoding="utf-8")
    ingest(bench, study, [path])
    with bench.store.transaction() as tx:
        [source] = tx.sources.all(study)
    complaints: list[str] = []
    with served(bench) as address, sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = chromium.new_page()
        found.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        found.on("pageerror", lambda error: complaints.append(str(error)))
        found.goto(f"{address}/enter?key={SECRET}")
        found.goto(f"{address}/studies/{study}/sources/{source.id}")
        yield found
        chromium.close()
    assert not complaints


def codes(bench: Workbench) -> list[tuple[str, list[str]]]:
    with bench.store.transaction() as tx:
        return [(one.quote.text, one.firm) for one in tx.evidence.all("test")]


def test_a_sentence_is_chosen_and_coded_and_undone_by_keys(reading: Page, bench: Workbench) -> None:
    reading.keyboard.press("j")
    reading.keyboard.press("j")
    reading.keyboard.press("m")
    reading.keyboard.press("1")
    reading.wait_for_selector(".told-line")
    assert codes(bench) == [("I count every <b>pallet</b> twice. Yes indeed.", ["stressor"])]
    reading.keyboard.press("z")
    reading.locator(".told-line", has_text="Undone").wait_for()
    assert codes(bench) == []


def test_the_pointer_chooses_the_second_of_the_same_words(reading: Page, bench: Workbench) -> None:
    reading.evaluate(
        """() => {
            const text = [...document.querySelectorAll("p[data-start]")].at(-1).firstChild;
            const range = document.createRange();
            range.setStart(text, text.data.indexOf("Yes") + 1);
            range.setEnd(text, text.data.indexOf("indeed") + 3);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    reading.locator("#tool button[value=budget]").first.click()
    reading.wait_for_selector(".told-line")
    with bench.store.transaction() as tx:
        [one], [source] = tx.codings.all("test"), tx.sources.all("test")
    assert one.quote.text == "Yes indeed." and one.quote.start == source.text.rindex("Yes indeed.")
    assert one.code == "budget"


def test_an_interviewers_words_get_no_codes(reading: Page, bench: Workbench) -> None:
    reading.locator(".turn.interviewer p").first.click(click_count=3)
    reading.wait_for_selector("#tool .no:not([hidden])")
    assert "never evidence" in reading.locator("#tool .no").inner_text()
    assert not reading.locator("#tool .keys").is_visible()
    reading.keyboard.press("1")
    assert codes(bench) == []


def test_single_keys_are_quiet_in_fields_and_when_switched_off(reading: Page) -> None:
    reading.locator("#find").focus()
    reading.keyboard.type("njm1")
    assert reading.locator("#find").input_value() == "njm1" and not reading.locator("#tool").is_visible()
    reading.locator("#keys").uncheck()
    reading.locator("h1").click()
    reading.keyboard.press("n")
    assert not reading.locator("#tool").is_visible()
    reading.reload()
    reading.keyboard.press("n")
    assert not reading.locator("#tool").is_visible() and not reading.locator("#keys").is_checked()
    reading.locator("#keys").check()
    reading.locator("h1").click()
    reading.keyboard.press("n")
    assert reading.locator("#tool").is_visible()
