"""Bench `pages`: what it asks for, weighs and tells."""

from pathlib import Path

import pytest

from evals.bench import pages
from evals.bench.page_list import ROUTES, addresses
from evals.bench.pages import Figures, run
from evals.bench.pages_home import DONORS, own_accounts


def figures(p95: float, cold: float, weight: int) -> Figures:
    warm = {"p50": 1.0, "p95": p95, "p99": p95, "busy": 2.0, "requests": 10.0}
    return Figures(warm, cold=cold, cold_busy=cold, weight=weight)


def test_every_route_has_addresses_for_the_ids_that_are_known() -> None:
    assert addresses("/studies/{study_id}/x/{job_id}", {"study_id": ["a"], "job_id": ["1", "2"]}) == [
        "/studies/a/x/1",
        "/studies/a/x/2",
    ]
    assert "/studies/{study_id}/evidence" in ROUTES and "/studies/{study_id}/advice" not in ROUTES
    with pytest.raises(KeyError):
        addresses("/studies/{study_id}", {})


def test_of_several_addresses_the_slowest_is_told() -> None:
    one = Figures()
    for p95 in (4.0, 9.0, 5.0):
        one.worsen({"p95": p95})
    assert one.warm["p95"] == 9.0


def test_a_page_that_is_too_slow_or_too_heavy_fails_its_goal() -> None:
    good, bad = figures(20, 0.4, 40_000), figures(130, 1.4, 200_000)
    held = pages._goals({"/": good}, {"/": good})
    broken = pages._goals({"/": good, "/x": bad}, {"/": good})
    assert all(line.startswith("- met") for line in held)
    assert [line.startswith("- met") for line in broken] == [False, True, False, False]


def test_what_a_page_links_to_is_found_in_any_order_of_attributes() -> None:
    html = '<link rel="icon" href="/static/a.css?1"><script src="/static/b.js" defer></script><a href="/static/c">'
    assert pages.LINKED.findall(html) == ["/static/a.css?1", "/static/b.js"]


def test_a_machine_without_wrk_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pages.shutil, "which", lambda _: None)
    assert "Install it" in run(tmp_path).skipped[0]


def test_more_people_come_from_more_accounts(tmp_path: Path) -> None:
    people = tmp_path / "participants.csv"
    rows = [f"P{number:02},{'Caldera' if number % 2 == 0 else ''}" for number in range(2 * DONORS)]
    people.write_text("\n".join(["participant,account", *rows]) + "\n", encoding="utf-8")
    own_accounts(people)
    accounts = [line.partition(",")[2] for line in people.read_text(encoding="utf-8").splitlines()[1:]]
    assert set(accounts[:DONORS]) == {"Caldera", ""} and set(accounts[DONORS:]) == {"Caldera 2", ""}
