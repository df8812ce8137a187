"""Every route × role × membership, made of the table of routes; and every word that goes out to whom."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient
from routes import SAFE, Asked, routes_of
from team import BASE, csrf, logged_in, team_app, visitor

from app.access.action import ALLOWED, Action
from app.jobs.durable import DurableDesk
from app.models.job import JobKind
from app.models.publication import Publication
from app.models.user import Role
from app.web.team_door import LOGIN
from app.workbench import Workbench
from retrieval.evidence import Consent

REACHED = 299
House = tuple[Workbench, DurableDesk]
# Asked for with the id of a job, they belong to its study.
OF_A_JOB = "job"
ENDLESS = "/events"


@pytest.fixture(scope="module")
def app(house: House) -> FastAPI:
    bench, desk = house
    publish(bench)
    return team_app(bench, desk)


@pytest.fixture(scope="module")
def people(app: FastAPI) -> Iterator[dict[tuple[Role, bool], TestClient]]:
    """A browser for each role, inside the study (True) and outside."""
    yield {(role, inside): logged_in(app, f"{role} {'inside' if inside else 'outside'}")
           for role in Role for inside in (True, False)}  # fmt: skip


def publish(bench: Workbench) -> None:
    with bench.store.transaction() as tx:
        for one in tx.results.personas("small"):
            tx.publications.save("small", Publication(persona_id=one.id, version=one.version, by="me", at=1.0))


@pytest.fixture(scope="module")
def known(house: House) -> dict[str, str]:
    """Parameter of a path → an id there is. A new parameter needs a line here."""
    bench, desk = house
    with bench.store.transaction() as tx:
        persona = tx.results.personas("small")[0]
        people = {one.id: one for one in tx.participants.all("small")}
        open_ids = {id for id, one in people.items() if one.consent is Consent.MARKETING}
        source = next(one for one in tx.sources.each("small") if set(one.participant_ids) <= open_ids != set())
        evidence, theme = tx.evidence.all("small")[0].id, tx.results.themes("small")[0].id
        user = tx.users.all()[0].id
    ids = {"study": "small", "study_id": "small", "source": source.id, "source_id": source.id, "evidence": evidence}
    ids |= {"persona": persona.id, "persona_id": persona.id, "claim": persona.grounded_claims()[0].id, "number": "1"}
    ids |= {"theme": theme, "segment": persona.segment_id, "account": "Medloop", "user": user, "user_id": user}
    ids |= {
        "job": desk.start(JobKind.DRAFT, "small").id,
        "upload": "up_none",
        "token": "tk_none",
        "token_id": "tk_none",
    }
    return ids


def ask(browser: TestClient, asked: Asked, known: dict[str, str], token: str = "") -> int:
    headers = {} if asked.method in SAFE else {"origin": BASE, **({"x-csrf-token": token} if token else {})}
    answer = browser.request(asked.method, asked.address(known), headers=headers)
    to_login = answer.status_code == 303 and answer.headers["location"].startswith(LOGIN)
    return 401 if to_login else answer.status_code


def expected(asked: Asked, role: Role, inside: bool) -> str:
    """What `ALLOWED` says: let in, refused, or told that there is no such thing."""
    inside = inside or role is Role.ADMIN
    if asked.action is None:
        return "let in"
    if asked.in_study and not inside:
        return "not there"
    if asked.action not in ALLOWED[role]:
        return "refused"
    real = asked.method in SAFE and not asked.path.endswith(ENDLESS)
    return "not there" if OF_A_JOB in asked.parameters and not inside and real else "let in"


def told(status: int, asked: Asked) -> str:
    if status in (401, 403):
        return "refused"
    # What there is none of in the small study is not there for those inside either.
    missing = {"upload", "token", "token_id", "account"} & set(asked.parameters)
    return "not there" if status == 404 and not missing else "let in"


def stub(app: FastAPI) -> None:
    """Let routes that change something, or never end, say only that they were reached: all before them is real."""
    for asked in routes_of(app):
        if asked.method not in SAFE or asked.path.endswith(ENDLESS):
            asked.route.dependant.call = lambda **_given: Response(status_code=REACHED)


def test_every_route_lets_in_whom_the_table_allows(
    app: FastAPI, people: dict[tuple[Role, bool], TestClient], known: dict[str, str]
) -> None:
    """First what is read, then what is sent: whatever is sent is logged, and pages are made anew after that."""
    tokens = {who: csrf(browser) for who, browser in people.items()}
    stub(app)
    wrong, tried = [], 0
    for asked in sorted(routes_of(app), key=lambda one: one.method not in SAFE):
        for (role, inside), browser in people.items():
            got = told(ask(browser, asked, known, tokens[role, inside]), asked)
            tried += 1
            missing = {"upload", "token", "token_id", "account"} & set(asked.parameters)
            want = expected(asked, role, inside)
            if got != want and not (missing and want == "not there"):
                wrong.append(f"{asked} as {role}, {'inside' if inside else 'outside'}: {got}, not {want}")
    assert tried > 500
    assert not wrong, "\n".join(wrong)


def test_nobody_gets_in_but_to_the_login(app: FastAPI, known: dict[str, str]) -> None:
    stub(app)
    open_ = {str(asked) for asked in routes_of(app) if ask(visitor(app), asked, known) != 401}
    assert open_ == {"GET /login", "POST /login"}


def test_without_the_token_of_the_session_no_form_is_taken(
    app: FastAPI, people: dict[tuple[Role, bool], TestClient], known: dict[str, str]
) -> None:
    """Asked of the admin, who may do everything else. Logging in begins a session, so it has no token yet."""
    stub(app)
    taken = [
        str(asked)
        for asked in routes_of(app)
        if asked.method not in SAFE and asked.path != LOGIN
        if ask(people[Role.ADMIN, True], asked, known) not in (401, 403)
    ]
    # A body that does not fit may be told before the token is looked at; so those are sent with one that is empty.
    assert not taken


def test_jobs_of_other_studies_are_not_there_and_kinds_need_their_own_action(house: House) -> None:
    bench, desk = house  # an app of its own: the others only say that they were reached
    app = team_app(bench, desk)
    marketer, outside = logged_in(app, "marketer inside"), logged_in(app, "researcher outside")
    job = desk.start(JobKind.DRAFT, "small").id

    def post(browser: TestClient, path: str, **body: object) -> int:
        headers = {"origin": BASE, "x-csrf-token": csrf(browser)}
        return browser.post(f"/api/v1{path}", json=body, headers=headers).status_code

    for kind, status in (("draft", 202), ("run", 403), ("code", 403), ("segment", 403), ("eval", 403)):
        assert post(marketer, "/studies/small/jobs", kind=kind) == status, kind
    whole = desk.start(JobKind.RUN, "small").id
    assert post(marketer, f"/jobs/{whole}/cancel") == 403 and post(marketer, f"/jobs/{job}/cancel") == 200
    for path in (f"/jobs/{job}", f"/jobs/{job}/events"):
        assert outside.get(f"/api/v1{path}").status_code == 404
    assert post(outside, f"/jobs/{job}/cancel") == post(outside, f"/jobs/{job}/retry") == 404
    listed = outside.get("/api/v1/jobs").json()["items"]
    assert all(one["study_id"] != "small" for one in listed)
    assert {one["study_id"] for one in marketer.get("/api/v1/jobs").json()["items"]} == {"small"}


def test_every_action_is_somebodys_and_admins_may_all() -> None:
    assert ALLOWED[Role.ADMIN] == set(Action)
    assert ALLOWED[Role.WRITER] < ALLOWED[Role.MARKETER] < ALLOWED[Role.RESEARCHER] < ALLOWED[Role.ADMIN]
