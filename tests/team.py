"""A workbench in team mode for tests: people with every role, and browsers in which they are logged in."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.access import passwords, people
from app.access.entry import Entry
from app.jobs.desk import JobDesk
from app.models.user import Role
from app.web.app import create_app
from app.web.team_door import Team
from app.workbench import Workbench

BASE = "http://127.0.0.1:8765"
PASSWORD = "nine kettles in autumn"  # noqa: S105 (of tests)


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Hashes that take no time, for tests that are not about them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


def add(bench: Workbench, name: str, role: Role, *studies: str) -> str:
    """The id of a new user who belongs to those studies."""
    user = people.add_user(bench.store, name, role, PASSWORD, "test")
    for study in studies:
        people.join(bench.store, name, study, "test")
    return user.id


def team_app(bench: Workbench, desk: JobDesk | None = None, address: str = "") -> FastAPI:
    return create_app(bench, desk=desk, team=Team(Entry(bench.store), address))


def visitor(app: FastAPI, base: str = BASE, client: tuple[str, int] = ("127.0.0.1", 50000)) -> TestClient:
    """Somebody who did not log in."""
    return TestClient(app, base_url=base, client=client, raise_server_exceptions=False, follow_redirects=False)


def logged_in(app: FastAPI, name: str, password: str = PASSWORD) -> TestClient:
    found = visitor(app)
    answer = log_in(found, name, password)
    assert answer.status_code == 303, answer.text
    return found


def log_in(browser: TestClient, name: str, password: str = PASSWORD, **fields: str):  # type: ignore[no-untyped-def]
    data = {"name": name, "password": password, **fields}
    return browser.post("/login", data=data, headers={"origin": str(browser.base_url).rstrip("/")})


def csrf(browser: TestClient) -> str:
    """The token of the forms of whoever is logged in."""
    return browser.get("/you").text.partition('name="csrf" value="')[2].partition('"')[0]
