"""Personas over HTTP: reading, reviewing claims, versions; and that reviews outlive redrafts."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.synthesis.casting import load_cast
from app.synthesis.personas import draft_study
from app.workbench import Workbench

STUDY = "/api/v1/studies/small"


@pytest.fixture
def persona(client: TestClient) -> str:
    """The address of a core persona."""
    listed = client.get(f"{STUDY}/personas").json()["items"]
    return f"{STUDY}/personas/{next(one['id'] for one in listed if one['kind'] == 'macro')}"


def claim_of(client: TestClient, persona: str) -> dict[str, Any]:
    shown = client.get(persona).json()["persona"]
    return next(one for one in shown["pain_points"] + shown["motivations"] if one["status"] != "no_evidence")


def by_id(client: TestClient, persona: str, claim_id: str) -> dict[str, Any]:
    shown = client.get(persona).json()["persona"]
    lists = [value for value in shown.values() if isinstance(value, list)]
    return next(one for some in lists for one in some if isinstance(one, dict) and one.get("id") == claim_id)


def test_an_edit_changes_the_words_and_never_the_quotes(client: TestClient, persona: str) -> None:
    claim = claim_of(client, persona)
    put = client.put(f"{persona}/claims/{claim['id']}/review", json={"state": "edited", "text": "Ours."})
    assert put.status_code == 200
    edited = by_id(client, persona, claim["id"])
    assert (edited["text"], edited["review"]["state"], edited["review"]["by"]) == ("Ours.", "edited", "me")
    assert edited["citations"] == claim["citations"]
    client.put(f"{persona}/claims/{claim['id']}/review", json={"state": "proposed"})
    assert by_id(client, persona, claim["id"]) == claim


def test_a_review_outlives_a_redraft(client: TestClient, bench: Workbench, persona: str) -> None:
    claim = claim_of(client, persona)
    client.put(f"{persona}/claims/{claim['id']}/review", json={"state": "rejected"})
    draft_study(bench, "small")
    assert by_id(client, persona, claim["id"])["review"]["state"] == "rejected"
    assert len(client.get(f"{persona}/versions").json()["items"]) == 1


def test_what_was_rejected_does_not_go_out(client: TestClient, bench: Workbench, persona: str) -> None:
    claim = claim_of(client, persona)
    assert claim["id"] in client.get(f"{STUDY}/cast").text
    client.put(f"{persona}/claims/{claim['id']}/review", json={"state": "rejected"})
    assert f'"{claim["id"]}"' not in client.get(f"{STUDY}/cast").text
    assert client.get(f"{STUDY}/playbook").headers["content-type"].startswith("text/html")
    assert claim["id"] in load_cast(bench, "small").model_dump_json()


def test_who_reviews_what_has_changed_is_told(client: TestClient, persona: str) -> None:
    claim, seen = claim_of(client, persona), client.get(persona).headers["etag"]
    address, match = f"{persona}/claims/{claim['id']}/review", {"If-Match": seen}
    accepted = client.put(address, json={"state": "accepted"}, headers=match)
    assert accepted.headers["etag"] == client.get(persona).headers["etag"] != seen
    assert client.put(address, json={"state": "rejected"}, headers=match).status_code == 412
    assert by_id(client, persona, claim["id"])["review"]["state"] == "accepted"


@pytest.mark.parametrize(
    "decided", [{"state": "edited"}, {"state": "edited", "text": " "}, {"state": "accepted", "text": "x"}]
)
def test_an_edit_and_only_an_edit_has_words(client: TestClient, persona: str, decided: dict[str, str]) -> None:
    claim = claim_of(client, persona)
    assert client.put(f"{persona}/claims/{claim['id']}/review", json=decided).status_code == 400


def test_versions_can_be_read_and_compared(client: TestClient, persona: str) -> None:
    assert client.get(f"{persona}/versions/1").json() == client.get(persona).json()
    assert client.get(f"{persona}/versions/9").status_code == 404
    change = client.get(f"{persona}/diff", params={"before": 1, "after": 1}).json()
    assert (change["added"], change["lost"]) == ([], [])


def test_a_segment_is_found_in_the_tree(client: TestClient) -> None:
    [first, *_] = client.get(f"{STUDY}/segments").json()["segments"]
    assert client.get(f"{STUDY}/segments/{first['id']}").json() == first
    assert client.get(f"{STUDY}/segments/none").status_code == 404


def test_strategy_and_buying_centres_answer(client: TestClient) -> None:
    assert client.get(f"{STUDY}/strategy").json()["study_id"] == "small"
    centres = client.get(f"{STUDY}/buying-centres").json()
    assert centres["total"] == len(centres["items"])
    assert client.get(f"{STUDY}/buying-centres/Nobody").status_code in (404, 409)
