"""The door of team mode, as somebody meets it who means no good."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from team import BASE, PASSWORD, add, csrf, log_in, logged_in, quick_hashes, team_app, visitor

from app.access import people
from app.access.action import ALLOWED, Action
from app.access.tokens import make_token
from app.intake.roster import digest_of
from app.jobs.durable import DurableDesk
from app.models.user import Role
from app.web.team_door import local_path
from app.workbench import Workbench
from retrieval.evidence import Consent, Participant


@pytest.fixture
def app(bench: Workbench, study: str) -> Iterator[FastAPI]:
    """With an admin, and Ben, who belongs to a study."""
    with quick_hashes():
        add(bench, "Ana", Role.ADMIN)
        add(bench, "Ben", Role.RESEARCHER, study)
        yield team_app(bench)


@pytest.fixture
def rest(bench: Workbench, study: str) -> Iterator[FastAPI]:
    """With REST, too."""
    desk = DurableDesk(bench, works=False)
    with quick_hashes():
        add(bench, "Ana", Role.ADMIN)
        add(bench, "Ben", Role.RESEARCHER, study)
        yield team_app(bench, desk)
    desk.close()


def token_of(bench: Workbench, name: str, *scope: Action) -> dict[str, str]:
    owner = people.find_user(bench.store, name)
    secret = make_token(bench.store, owner, "test", frozenset(scope) or ALLOWED[owner.role], 1, name).secret
    return {"authorization": f"Bearer {secret}"}


def post(browser: TestClient, path: str, **data: Any) -> Any:
    return browser.post(path, data={"csrf": csrf(browser), **data}, headers={"origin": BASE})


def test_who_is_not_logged_in_is_sent_to_the_login_and_back(app: FastAPI, study: str) -> None:
    browser = visitor(app)
    asked = browser.get(f"/studies/{study}/evidence?q=a%20b&noted=1")
    assert asked.status_code == 303
    assert asked.headers["location"] == f"/login?next=%2Fstudies%2F{study}%2Fevidence%3Fq%3Da%2520b%26noted%3D1"
    shown = browser.get(asked.headers["location"])
    assert shown.status_code == 200 and "Log in" in shown.text
    done = log_in(browser, "ben", next=f"/studies/{study}/evidence?q=a%20b&noted=1")
    assert done.headers["location"] == f"/studies/{study}/evidence?q=a%20b&noted=1"
    assert browser.get(done.headers["location"]).status_code == 200


def test_rest_says_how_to_get_in(rest: FastAPI) -> None:
    answer = visitor(rest).get("/api/v1/studies")
    assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json" and answer.json()["status"] == 401


def test_a_partial_of_a_page_leads_to_the_login_as_a_whole(app: FastAPI) -> None:
    answer = visitor(app).get("/", headers={"hx-request": "true"})
    assert answer.status_code == 401 and answer.headers["hx-redirect"] == "/login"


def test_the_cookie_is_of_no_use_to_scripts_and_other_sites(app: FastAPI) -> None:
    cookie = log_in(visitor(app), "Ana").headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie and "domain" not in cookie


def test_over_tls_the_cookie_is_secure(bench: Workbench, app: FastAPI) -> None:
    base = "https://dramatis.example.org"
    browser = visitor(team_app(bench, address=base), base)
    cookie = log_in(browser, "Ana").headers["set-cookie"]
    assert cookie.startswith("__Host-dramatis=") and "Secure" in cookie
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "evil",
             "/x\r\nset-cookie: a=b", "/\x00", "///evil.example/a", "http:evil.example", "/login?next=/"]
)  # fmt: skip
def test_logging_in_leads_nowhere_else(app: FastAPI, next: str) -> None:
    assert local_path(next) == "/"
    done = log_in(visitor(app), "Ana", next=next)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert "a=b" not in str(done.headers)


def test_a_session_prepared_by_somebody_else_is_not_taken_over(bench: Workbench, app: FastAPI) -> None:
    browser = visitor(app)
    browser.cookies.set("dramatis_team_8765", "prepared", domain="127.0.0.1")
    first = log_in(browser, "Ana").headers["set-cookie"]
    assert "prepared" not in first
    other = visitor(app)
    other.cookies.set("dramatis_team_8765", "prepared", domain="127.0.0.1")
    assert other.get("/").status_code == 303
    assert log_in(browser, "Ana").headers["set-cookie"] != first


def test_the_wrong_password_and_the_wrong_name_are_answered_alike(app: FastAPI) -> None:
    wrong, unknown = log_in(visitor(app), "Ana", "guess guess"), log_in(visitor(app), "Nobody", "guess guess")
    assert (wrong.status_code, unknown.status_code) == (403, 403) and wrong.text == unknown.text
    assert "set-cookie" not in wrong.headers and "guess" not in wrong.text


def test_who_guesses_waits_in_whatever_spelling(app: FastAPI) -> None:
    browser = visitor(app)
    for name in ("ana", "ANA", " ana", "a na", "Ana "):
        assert log_in(browser, name, "guess guess").status_code == 403
    answer = log_in(browser, "Ana")
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None, "http://127.0.0.1:9999", "http://127.0.0.1"])
def test_what_comes_from_elsewhere_changes_nothing(app: FastAPI, origin: str | None) -> None:
    browser = logged_in(app, "Ana")
    headers, data = ({"origin": origin} if origin else {}), {"csrf": csrf(browser), "name": "Made elsewhere"}
    assert browser.post("/studies", data=data, headers=headers).status_code == 403
    assert visitor(app).post("/login", data={"name": "Ana", "password": PASSWORD}, headers=headers).status_code == 403
    assert "Made elsewhere" not in browser.get("/").text


def test_a_form_needs_the_token_of_its_own_session(app: FastAPI) -> None:
    ana, again = logged_in(app, "Ana"), logged_in(app, "Ana")
    for token in ("", "guess", csrf(again), csrf(logged_in(app, "Ben"))):
        answer = ana.post("/studies", data={"csrf": token, "name": "Not mine"}, headers={"origin": BASE})
        assert answer.status_code == 403
    assert post(ana, "/studies", name="Mine").status_code == 303


def test_rest_with_a_cookie_needs_the_token_in_a_header(rest: FastAPI) -> None:
    browser = logged_in(rest, "Ben")
    new, origin = {"name": "By cookie"}, {"origin": BASE}
    assert browser.post("/api/v1/studies", json=new, headers=origin).status_code == 403
    assert browser.post("/api/v1/studies", json=new, headers=origin | {"x-csrf-token": "guess"}).status_code == 403
    sent = browser.post("/api/v1/studies", json=new, headers=origin | {"x-csrf-token": csrf(browser)})
    assert sent.status_code == 201
    assert browser.post("/api/v1/studies", json=new, headers={"x-csrf-token": csrf(browser)}).status_code == 403


def test_a_token_opens_rest_for_its_scope_only(bench: Workbench, rest: FastAPI, study: str) -> None:
    program, bearer = visitor(rest), token_of(bench, "Ben", Action.SEE_STUDIES, Action.READ_STUDY)
    assert [one["id"] for one in program.get("/api/v1/studies", headers=bearer).json()["items"]] == [study]
    assert program.get(f"/api/v1/studies/{study}", headers=bearer).status_code == 200
    refused = program.get(f"/api/v1/studies/{study}/sources", headers=bearer)
    assert refused.status_code == 403 and "This token is not for" in refused.json()["detail"]
    assert program.post("/api/v1/studies", json={"name": "New"}, headers=bearer).status_code == 403


def test_a_token_neither_makes_tokens_nor_sets_passwords_nor_sends_forms(bench: Workbench, rest: FastAPI) -> None:
    program, bearer = visitor(rest), token_of(bench, "Ana")
    wanted = {"name": "more", "scope": ["manage people"]}
    assert program.post("/api/v1/tokens", json=wanted, headers=bearer).status_code == 403
    ana = people.find_user(bench.store, "Ana").id
    new = {"password": "taken over by me"}
    assert program.patch(f"/api/v1/users/{ana}", json=new, headers=bearer).status_code == 403
    assert program.get("/settings", headers=bearer).status_code == 200
    form = {"name": "Form", "csrf": csrf(logged_in(rest, "Ana"))}
    assert program.post("/studies", data=form, headers=bearer | {"origin": BASE}).status_code == 403


def test_a_wrong_token_is_not_saved_by_a_cookie(rest: FastAPI) -> None:
    browser = logged_in(rest, "Ana")
    for header in ("Bearer guess", "Basic QW5hOmFuYQ==", "", "Bearer"):
        assert browser.get("/api/v1/studies", headers={"authorization": header}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "0x7f.1"])
def test_a_name_that_is_not_ours_is_not_answered(app: FastAPI, host: str) -> None:
    answer = logged_in(app, "Ana").get("/", headers={"host": host})
    assert answer.status_code == 421 and "Test study" not in answer.text


def test_where_the_address_is_known_no_other_is_answered(bench: Workbench, app: FastAPI) -> None:
    named = team_app(bench, address="https://dramatis.example.org")
    assert visitor(named, "http://127.0.0.1:8765").get("/login").status_code == 421
    assert visitor(named, "http://dramatis.example.org").get("/login").status_code == 200


def test_forwarded_headers_are_nobodys_word(app: FastAPI) -> None:
    browser, spoofed = visitor(app), {"x-forwarded-host": "evil.example", "x-forwarded-for": "1.2.3.4"}
    answer = browser.get("/studies", headers=spoofed)
    assert answer.headers["location"].startswith("/login") and "evil" not in answer.headers["location"]


def test_a_stranger_sends_no_more_than_a_login(app: FastAPI) -> None:
    browser, headers = visitor(app), {"origin": BASE}
    assert browser.post("/login", data={"name": "x" * 10_000}, headers=headers).status_code == 413
    assert browser.post("/login", content=iter([b"name=x"]), headers=headers).status_code == 413
    assert browser.post("/studies", content=b"x" * 10_000, headers=headers).status_code == 413


def test_a_token_makes_no_admin(bench: Workbench, rest: FastAPI) -> None:
    program, bearer = visitor(rest), token_of(bench, "Ana", Action.MANAGE_PEOPLE)
    new = {"name": "Eve", "role": "admin", "password": PASSWORD}
    assert program.post("/api/v1/users", json=new, headers=bearer).status_code == 403
    made = program.post("/api/v1/users", json=new | {"role": "writer"}, headers=bearer)
    assert made.status_code == 201
    here = made.headers["location"]
    assert program.patch(here, json={"role": "admin"}, headers=bearer).status_code == 403
    assert program.get(here, headers=bearer).json()["role"] == "writer"


def test_after_logging_out_the_cookie_opens_nothing(app: FastAPI) -> None:
    browser = logged_in(app, "Ana")
    kept = dict(browser.cookies)
    assert post(browser, "/logout").headers["location"] == "/login"
    again = visitor(app)
    again.cookies.update(kept)
    assert again.get("/").status_code == 303


def test_pages_kept_for_somebody_are_gone_when_they_may_no_longer_see_them(
    bench: Workbench, app: FastAPI, study: str
) -> None:
    ana, ben = logged_in(app, "Ana"), logged_in(app, "Ben")
    pages = (f"/studies/{study}", f"/studies/{study}/sources")
    assert [ben.get(path).status_code for path in [*pages, *pages]] == [200] * 4
    id = people.find_user(bench.store, "Ben").id
    assert post(ana, f"/settings/users/{id}/leave", study=study).status_code == 303
    assert [ben.get(path).status_code for path in pages] == [404, 404]
    post(ana, f"/settings/users/{id}/join", study=study)
    post(ana, f"/settings/users/{id}/role", role="writer")
    assert [ben.get(path).status_code for path in pages] == [403, 403]
    post(ana, f"/settings/users/{id}/active", active="false")
    assert ben.get("/").headers["location"] == "/login"


def test_two_people_do_not_get_each_others_kept_page(app: FastAPI) -> None:
    ana, ben = logged_in(app, "Ana"), logged_in(app, "Ben")
    assert "/settings" in ana.get("/").text and "/settings" not in ben.get("/").text
    assert csrf(ana) != csrf(ben) and csrf(ana) == csrf(ana)


def test_reading_writes_nothing(bench: Workbench, app: FastAPI, study: str) -> None:
    browser = logged_in(app, "Ben")

    def revision() -> int:
        with bench.store.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM audit_log").scalar_one())

    before, kept = revision(), bench.store.remembered.get("mark", object)
    for path in ("/", f"/studies/{study}", f"/studies/{study}/evidence?q=x", "/you", "/settings"):
        browser.get(path)
    assert revision() == before and bench.store.remembered.get("mark", object) is kept


def test_whoever_makes_a_study_belongs_to_it_and_nobody_else_does(bench: Workbench, rest: FastAPI) -> None:
    ben, bearer = logged_in(rest, "Ben"), token_of(bench, "Ben")
    assert post(ben, "/studies", name="Of Ben").headers["location"] == "/studies/of-ben"
    assert ben.get("/studies/of-ben").status_code == 200
    visitor(rest).post("/api/v1/studies", json={"name": "Of Ben too"}, headers=bearer)
    add(bench, "Cleo", Role.RESEARCHER)
    cleo = logged_in(rest, "Cleo")
    assert cleo.get("/studies/of-ben").status_code == 404
    assert "Of Ben" not in cleo.get("/").text and cleo.get("/api/v1/studies").json()["total"] == 0
    repeated = visitor(rest).post(
        "/api/v1/studies", json={"name": "Of Ben too"}, headers=token_of(bench, "Cleo") | {"idempotency-key": "k"}
    )
    assert repeated.status_code == 409


def test_every_change_is_in_the_log_and_looking_is_not(bench: Workbench, rest: FastAPI, study: str) -> None:
    ben = logged_in(rest, "Ben")
    talk = ("talk.txt", b"Interviewer: What?\n\nP01: I count every pallet twice.\n")
    ben.post(f"/studies/{study}/sources", data={"csrf": csrf(ben)}, files={"files": talk}, headers={"origin": BASE})
    ben.post(f"/studies/{study}/audit", data={"csrf": csrf(ben), "text": "x"}, headers={"origin": BASE})
    post(ben, "/studies", name="New one")
    ben.post("/studies", data={"csrf": "wrong", "name": "Refused"}, headers={"origin": BASE})
    with bench.store.transaction() as tx:
        newest = tx.audit_log.newest(3)
    told = [(one.who, one.action, one.study_id) for one in newest]
    assert told == [("Ben", "make study", "new-one"), ("Ben", "import", study), ("Ben", "log in", None)]
    assert b"pallet" not in b"".join(one.model_dump_json().encode() for one in newest)


def test_the_log_outlives_whoever_is_erased_so_it_does_not_name_them(
    bench: Workbench, rest: FastAPI, study: str
) -> None:
    with bench.store.transaction() as tx:
        tx.participants.save(study, [Participant(id="Dana", consent=Consent.RESEARCH)])
    address, ben = f"/api/v1/studies/{study}/participants/Dana", token_of(bench, "Ben")
    assert visitor(rest).put(f"{address}/consent", json={"consent": "research"}, headers=ben).status_code == 200
    assert visitor(rest).delete(address, headers=ben).status_code == 200
    with bench.store.transaction() as tx:
        erased, agreed = tx.audit_log.newest(2)
    assert (erased.action, agreed.action) == ("erase", "import")
    assert erased.about == agreed.about == f"participant={digest_of(study, 'Dana')[:16]}"


def test_the_log_is_asked_for_entries_that_no_log_has(app: FastAPI) -> None:
    assert logged_in(app, "Ana").get(f"/settings/log?before={10**20}").status_code < 500


def test_a_new_password_is_shown_once_and_works(bench: Workbench, app: FastAPI) -> None:
    ana = logged_in(app, "Ana")
    shown = post(ana, "/settings/users", name="Dora", role="marketer").text
    password = shown.partition('<code class="secret">')[2].partition("<")[0]
    assert logged_in(app, "Dora", password).get("/you").status_code == 200
    assert password not in ana.get("/settings").text


def test_one_changes_ones_own_password_and_stays_logged_in(app: FastAPI) -> None:
    browser, other = logged_in(app, "Ben"), logged_in(app, "Ben")
    wrong = post(browser, "/you/password", old="guess guess", new="a new good password", again="a new good password")
    assert wrong.status_code == 403
    done = post(browser, "/you/password", old=PASSWORD, new="a new good password", again="a new good password")
    assert done.status_code == 303 and browser.get("/you").status_code == 200
    assert other.get("/you").status_code == 303


def test_headers_are_as_strict_as_in_local_mode(app: FastAPI) -> None:
    for answer in (visitor(app).get("/login"), visitor(app).get("/"), logged_in(app, "Ana").get("/settings")):
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store" and answer.headers["x-frame-options"] == "DENY"
