"""The door of local mode: who is let in, and who is not."""

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Route
from web_browser import BASE, SECRET, Page, browser, send

from app.web.app import create_app
from app.web.door import Keys
from app.workbench import Workbench

SAFE = {"GET", "HEAD"}


def test_without_the_key_nothing_is_shown(bench: Workbench, study: str) -> None:
    outside = browser(bench, entered=False)
    for path in ("/", f"/studies/{study}", f"/studies/{study}/sources"):
        answer = outside.get(path)
        assert answer.status_code == 401
        assert "Test study" not in answer.text
        assert "dramatis serve" in answer.text


def test_the_key_becomes_a_cookie_that_scripts_and_other_sites_cannot_use(bench: Workbench) -> None:
    answer = browser(bench, entered=False).get(f"/enter?key={SECRET}", follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert answer.headers["location"] == "/"
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert SECRET not in cookie


def test_a_wrong_key_gives_no_cookie(bench: Workbench) -> None:
    answer = browser(bench, entered=False).get("/enter?key=guess", follow_redirects=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_cookie_of_another_start_does_not_open(bench: Workbench) -> None:
    outside = browser(bench, entered=False)
    outside.cookies.set("dramatis_8765", Keys("another secret").session, domain="127.0.0.1")
    assert outside.get("/").status_code == 401


def test_the_secret_opens_as_a_bearer_token_and_a_guess_does_not(bench: Workbench) -> None:
    outside = browser(bench, entered=False)
    assert outside.get("/", headers={"authorization": f"Bearer {SECRET}"}).status_code == 200
    assert outside.get("/", headers={"authorization": "Bearer guess"}).status_code == 401


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.20", "2001:db8::1", "testclient"])
def test_another_machine_is_refused_even_with_the_key(bench: Workbench, address: str) -> None:
    outside = browser(bench, entered=False, client=(address, 50000))
    assert outside.get(f"/enter?key={SECRET}").status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil:80", ""]
)
def test_a_foreign_name_that_resolves_here_is_refused(bench: Workbench, host: str) -> None:
    inside = browser(bench)
    assert inside.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_loopback_names_are_answered(bench: Workbench, host: str) -> None:
    answer = browser(bench, entered=False).get(f"/enter?key={SECRET}", headers={"host": host}, follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "origin", [None, "http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8765"]
)
def test_a_form_from_another_origin_changes_nothing(bench: Workbench, origin: str | None) -> None:
    inside = browser(bench)
    token = Keys(SECRET).csrf
    answer = inside.post(
        "/studies", data={"csrf": token, "name": "Planted"}, headers={"origin": origin} if origin else {}
    )
    assert answer.status_code == 403
    assert "Planted" not in inside.get("/").text


def test_our_own_form_is_accepted(bench: Workbench) -> None:
    inside = browser(bench)
    answer = send(inside, "/studies", {"name": "Spring study"})
    assert answer.status_code == 200
    assert answer.url.path == "/studies/spring-study"


def test_every_way_to_change_something_asks_for_the_token(bench: Workbench, study: str) -> None:
    app = create_app(bench, secret=SECRET)
    inside = browser(bench)
    routes = [(route.path, method) for route in app.routes if isinstance(route, APIRoute | Route)
              for method in (route.methods or set()) - SAFE - {"OPTIONS"}]  # fmt: skip
    included = [one for one in _all_routes(app) if one[1] not in SAFE]
    assert included, routes
    for path, method in included:
        target = path.replace("{study_id}", study)
        files = {"files": ("a.txt", b"x"), "file": ("a.txt", b"x")}
        for token in ("", "wrong", Keys("another").csrf):
            answer = inside.request(
                method, target, data={"csrf": token, "name": "n", "kind": ""}, files=files, headers={"origin": BASE}
            )
            assert answer.status_code == 403, (method, path, answer.status_code)


def _all_routes(app: object) -> list[tuple[str, str]]:
    """Every path and method, however routers are nested."""
    found, waiting = [], list(getattr(app, "routes", []))
    while waiting:
        one = waiting.pop()
        found += [(one.path, method) for method in getattr(one, "methods", None) or ()]
        inner = getattr(one, "original_router", None) or getattr(one, "app", None)
        waiting += list(getattr(inner, "routes", []) or [])
    return found


def test_every_answer_carries_the_policy_and_allows_no_inline_script(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    for path in ("/", f"/studies/{study}", "/nothing", "/static/web.css"):
        headers = inside.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"  # no-referrer would null the origin of our own forms
    assert inside.get("/").headers["cache-control"] == "no-store"


def test_errors_are_pages_with_their_own_status(bench: Workbench, study: str) -> None:
    inside = browser(bench)
    missing = inside.get("/studies/none")
    assert missing.status_code == 404 and "There is no study called “none”" in Page(missing.text).text
    assert inside.get("/no/such/page").status_code == 404
    assert inside.get(f"/studies/{study}/personas/pe_0").status_code == 404
    files = {"files": ("P01.txt", b"P01: I check it twice.")}
    odd = send(inside, f"/studies/{study}/sources", {"kind": "poem"}, files=files)
    assert odd.status_code == 422 and "“poem” is no kind of source" in Page(odd.text).text


def test_an_unknown_error_shows_and_logs_nothing_of_what_was_said(
    bench: Workbench, study: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("my boss Ragnhild said no")

    monkeypatch.setattr("app.web.rooms.load_material", broken)
    answer = browser(bench).get(f"/studies/{study}")
    assert answer.status_code == 500
    assert "Ragnhild" not in answer.text
    assert "RuntimeError" in caplog.text and "Ragnhild" not in "".join(r.getMessage() for r in caplog.records)


def test_names_people_typed_are_escaped(bench: Workbench) -> None:
    inside = browser(bench)
    send(inside, "/studies", {"name": "<script>alert(1)</script>", "area": '"><img src=x>', "question": "<b>why</b>"})
    html = inside.get("/").text
    assert "<script>alert" not in html and "<img" not in html and "<b>why" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_browser_that_never_entered_still_gets_the_style_sheets(bench: Workbench) -> None:
    outside = browser(bench, entered=False)
    assert isinstance(outside, TestClient)
    for path in ("/static/house.css", "/static/web.css", "/static/web.js", "/static/htmx/htmx-2.min.js"):
        answer = outside.get(path)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"], path
