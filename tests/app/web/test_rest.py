"""REST behind the local door: the same key opens it, and its errors are problems while pages stay pages."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.jobs.durable import DurableDesk
from app.web.app import create_app
from app.workbench import Workbench

KEY = "for-tests-only"


@pytest.fixture
def client(bench: Workbench) -> Iterator[TestClient]:
    desk = DurableDesk(bench, works=False)
    app = create_app(bench, secret=KEY, desk=desk)
    with TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
        yield client
    desk.close()


def test_without_the_key_nobody_gets_in(client: TestClient) -> None:
    assert client.get("/api/v1/studies").status_code in (401, 403)


def test_the_key_opens_rest(client: TestClient) -> None:
    answer = client.get("/api/v1/studies", headers={"authorization": f"Bearer {KEY}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")


def test_its_errors_are_problems_and_those_of_pages_are_pages(client: TestClient) -> None:
    key = {"authorization": f"Bearer {KEY}"}
    asked, opened = client.get("/api/v1/studies/none", headers=key), client.get("/studies/none", headers=key)
    assert (asked.status_code, opened.status_code) == (404, 404)
    assert asked.headers["content-type"].startswith("application/problem+json")
    assert opened.headers["content-type"].startswith("text/html")


def test_it_describes_itself(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json", headers={"authorization": f"Bearer {KEY}"}).json()
    assert "/api/v1/studies" in described["paths"]
    assert all(path.startswith("/api/v1") for path in described["paths"])
