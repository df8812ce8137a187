"""People over HTTP: users, memberships, tokens, the log. The routes' rules are tried out in tests/app/access."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from team import add, logged_in, quick_hashes, team_app

from app.access.action import Action
from app.access.tokens import make_token
from app.jobs.durable import DurableDesk
from app.models.user import Role
from app.workbench import Workbench

PASSWORD = "nine kettles in autumn"  # noqa: S105 (of tests)
NEW = {"name": "Ben", "role": "researcher", "password": PASSWORD}


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with quick_hashes():
        yield


def test_somebody_is_added_changed_and_disabled(client: TestClient) -> None:
    made = client.post("/api/v1/users", json=NEW)
    assert made.status_code == 201 and "password" not in made.json()
    here = made.headers["location"]
    assert client.get(here).json() == made.json()
    assert client.post("/api/v1/users", json=NEW | {"name": " BEN "}).status_code == 409
    assert client.patch(here, json={"role": "writer", "active": False}).json() == {
        "id": made.json()["id"], "name": "Ben", "role": "writer", "active": False,
    }  # fmt: skip
    assert client.get("/api/v1/users").json()["total"] == 1
    assert client.patch("/api/v1/users/us_none", json={}).status_code == 404


def test_a_poor_password_is_refused_and_not_repeated(client: TestClient) -> None:
    answer = client.post("/api/v1/users", json=NEW | {"password": "tooshort"})
    assert answer.status_code == 422 and "tooshort" not in answer.text


def test_the_last_admin_stays_one(client: TestClient) -> None:
    here = client.post("/api/v1/users", json=NEW | {"role": "admin"}).headers["location"]
    assert client.patch(here, json={"role": "writer"}).status_code == 409
    assert client.get(here).json()["role"] == "admin"


def test_somebody_joins_a_study_and_leaves_it(client: TestClient) -> None:
    user = client.post("/api/v1/users", json=NEW).json()["id"]
    here = f"/api/v1/memberships/small/{user}"
    assert client.put(here).status_code == client.put(here).status_code == 204
    assert client.get("/api/v1/memberships").json()["items"] == [{"study_id": "small", "user_id": user}]
    assert client.delete(here).status_code == 204
    assert client.get("/api/v1/memberships").json()["total"] == 0
    assert client.put(f"/api/v1/memberships/none/{user}").status_code == 404


def test_an_owner_without_an_account_makes_no_token(client: TestClient) -> None:
    answer = client.post("/api/v1/tokens", json={"name": "x", "scope": ["run"]})
    assert answer.status_code == 409 and "--team" in answer.json()["detail"]


def test_one_makes_lists_and_revokes_ones_own_tokens(bench: Workbench, desk: DurableDesk) -> None:
    add(bench, "Ana", Role.ADMIN)
    add(bench, "Ben", Role.WRITER)
    app = team_app(bench, desk)
    ben, ana = logged_in(app, "Ben"), logged_in(app, "Ana")
    token = ben.get("/you").text.partition('name="csrf" value="')[2].partition('"')[0]
    headers = {"origin": "http://127.0.0.1:8765", "x-csrf-token": token}
    made = ben.post("/api/v1/tokens", json={"name": "mine", "scope": ["read personas"]}, headers=headers)
    assert made.status_code == 201 and made.json()["secret"].startswith("dramatis_")
    assert ben.post("/api/v1/tokens", json={"name": "more", "scope": ["run"]}, headers=headers).status_code == 400
    [listed] = ben.get("/api/v1/tokens").json()["items"]
    assert listed == made.json()["token"] and made.json()["secret"] not in str(listed)
    assert ana.get("/api/v1/tokens").json()["total"] == 0
    assert ana.get("/api/v1/tokens?of=everybody").json()["total"] == 1
    assert ben.get("/api/v1/tokens?of=everybody").status_code == 403
    with bench.store.transaction() as tx:
        owner = next(one for one in tx.users.all() if one.name == "Ana")
    others = make_token(bench.store, owner, "hers", frozenset({Action.RUN}), 1, "Ana").token.id
    assert ben.delete(f"/api/v1/tokens/{others}", headers=headers).status_code == 404
    assert ben.delete(f"/api/v1/tokens/{listed['id']}", headers=headers).status_code == 204


def test_the_log_is_read_piece_by_piece_and_verified(client: TestClient, bench: Workbench) -> None:
    for name in ("Ben", "Cleo", "Dora"):
        client.post("/api/v1/users", json=NEW | {"name": name})
    first = client.get("/api/v1/audit-log", params={"limit": 2}).json()
    assert [one["about"] for one in first["entries"]] == ["user=Dora role=researcher", "user=Cleo role=researcher"]
    rest = client.get("/api/v1/audit-log", params={"before": first["before"]}).json()
    assert [one["about"] for one in rest["entries"]] == ["user=Ben role=researcher"] and rest["before"] is None
    assert client.get("/api/v1/audit-log", params={"who": "nobody"}).json()["entries"] == []
    assert client.get("/api/v1/audit-log/verdict").json()["broken"] is None
    with bench.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_log SET who='ben' WHERE number=2")
    assert client.get("/api/v1/audit-log/verdict").json()["broken"] == 2
