"""Shaping and publishing over HTTP."""

from typing import Any

from fastapi.testclient import TestClient

STUDY = "/api/v1/studies/small"
SEGMENTS, THEMES = f"{STUDY}/segments/decisions", f"{STUDY}/themes/decisions"


def tree(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{STUDY}/segments").json()["segments"]
    return found


def test_a_segment_is_renamed_listed_and_named_as_before(client: TestClient) -> None:
    before = tree(client)
    wish = {"change": "rename", "segments": [before[0]["id"]], "name": "Called by us"}
    made = client.post(SEGMENTS, json=wish)
    assert (made.status_code, made.json()["name"], made.json()["by"]) == (201, "Called by us", "me")
    assert tree(client)[0]["name"] == "Called by us"
    listed = client.get(SEGMENTS).json()
    assert listed["total"] == 1 and listed["items"][0] == made.json()
    assert client.delete(f"{SEGMENTS}/{made.json()['number']}").status_code == 204
    assert tree(client) == before and client.get(SEGMENTS).json()["total"] == 0
    assert client.delete(f"{SEGMENTS}/{made.json()['number']}").status_code == 404


def test_personas_stay_and_are_stale_after_shaping(client: TestClient) -> None:
    personas = client.get(f"{STUDY}/personas").json()["items"]
    wish = {"change": "rename", "segments": [tree(client)[0]["id"]], "name": "Called by us"}
    client.post(SEGMENTS, json=wish)
    assert client.get(f"{STUDY}/personas").json()["items"] == personas
    assert client.get(f"{STUDY}/cast").json()["stale"]


def test_a_wish_that_says_too_little_or_breaks_a_rule_is_refused(client: TestClient) -> None:
    [first, *_] = tree(client)
    for wish in (
        {"change": "rename", "segments": [first["id"]]},
        {"change": "merge", "segments": [first["id"]], "name": "One"},
        {"change": "lock"},
        {"change": "move", "people": ["P01"]},
        {"change": "split", "segments": [first["id"]], "people": ["P01"], "name": "Alone"},
    ):
        answer = client.post(SEGMENTS, json=wish)
        assert answer.status_code == 400 and answer.json()["detail"], wish
    assert client.post(SEGMENTS, json={"change": "lock", "people": ["P99"]}).status_code == 404
    assert client.get(SEGMENTS).json()["total"] == 0


def test_a_theme_is_renamed_and_named_as_before(client: TestClient) -> None:
    before = client.get(f"{STUDY}/themes").json()
    theme = before["items"][0]["id"]
    made = client.post(THEMES, json={"change": "rename", "themes": [theme], "label": "Called by us"})
    assert made.status_code == 201
    assert "Called by us" in client.get(f"{STUDY}/themes").text and client.get(THEMES).json()["items"] == [made.json()]
    assert client.delete(f"{THEMES}/{made.json()['number']}").status_code == 204
    assert client.get(f"{STUDY}/themes").json() == before
    assert client.post(THEMES, json={"change": "merge", "themes": [theme]}).status_code == 400


def test_a_persona_is_published_again_and_taken_back(client: TestClient) -> None:
    persona = client.get(f"{STUDY}/personas").json()["items"][0]["id"]
    address = f"{STUDY}/personas/{persona}/publication"
    made = client.put(address, json={})
    assert (made.status_code, made.json()["version"], made.json()["by"]) == (200, 1, "me")
    assert client.get(f"{STUDY}/publications").json()["items"] == [made.json()]
    assert client.put(address, json={"version": 2}).status_code == 404
    assert client.delete(address).status_code == client.delete(address).status_code == 204
    assert client.get(f"{STUDY}/publications").json()["total"] == 0
