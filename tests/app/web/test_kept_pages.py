"""Kept pages: the same as made anew, and forgotten as soon as anybody writes."""

from typing import Any

import pytest
from web_browser import Page, browser, page, send

from app.intake.studies import create_study, describe_study
from app.web.kept_pages import FLEETING, KeptPages
from app.workbench import Workbench


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of pages that were made, not taken from what was kept."""
    found: list[str] = []
    make = KeptPages._make

    async def noting(self: KeptPages, question: Any, *rest: Any) -> None:
        found.append(question[0])
        await make(self, question, *rest)

    monkeypatch.setattr(KeptPages, "_make", noting)
    return found


def test_a_page_is_made_once_and_stays_the_same(bench: Workbench, study: str, made: list[str]) -> None:
    inside = browser(bench)
    answers = [inside.get(f"/studies/{study}/sources") for _ in range(3)]
    assert made.count(f"/studies/{study}/sources") == 1
    assert len({answer.text for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert "content-security-policy" in answers[-1].headers


def test_a_change_by_anybody_is_seen_at_once(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    assert "Second" not in page(inside, "/").text
    create_study(bench, describe_study("Second", study_id="second"))
    assert "Second" in page(inside, "/").text
    send(inside, "/studies", {"name": "Third"})
    assert "Third" in page(inside, "/").text


def test_what_is_kept_is_shown_to_nobody_without_the_cookie(bench: Workbench, study: str) -> None:
    page(browser(bench), f"/studies/{study}")
    inside = browser(bench)
    page(inside, f"/studies/{study}")
    inside.cookies.clear()
    assert inside.get(f"/studies/{study}").status_code == 401


def test_a_part_and_its_page_are_kept_apart(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    for _ in range(2):
        whole = inside.get(f"/studies/{study}/evidence")
        part = inside.get(f"/studies/{study}/evidence", headers={"hx-request": "true"})
        assert "<html" in whole.text and "<html" not in part.text


def test_packed_and_plain_readers_get_the_same_words(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    packed = inside.get(f"/studies/{study}", headers={"accept-encoding": "gzip"})
    plain = inside.get(f"/studies/{study}", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_refusals_are_not_kept(bench: Workbench, made: list[str]) -> None:
    inside = browser(bench)
    for _ in range(2):
        assert "no study called" in Page(inside.get("/studies/later").text).text
    assert made.count("/studies/later") == 2


def test_a_page_that_waits_for_advice_is_not_kept(shown: Workbench, made: list[str]) -> None:
    with browser(shown) as fresh:
        for _ in range(2):
            assert FLEETING not in fresh.get("/studies/flowline").headers
        assert made.count("/studies/flowline") == 2
        fresh.get("/studies/flowline/advice")
        assert "Start with" in page(fresh, "/studies/flowline").text
