"""Evidence over HTTP: search, filters, people's codes, themes, questions, audit."""

from fastapi.testclient import TestClient

STUDY = "/api/v1/studies/small"


def test_evidence_is_found_by_words_code_and_person(client: TestClient) -> None:
    [first, *_] = client.get(f"{STUDY}/evidence", params={"firm": True}).json()["items"]
    code, person = first["firm"][0], first["quote"]["participant_id"]
    word = max(first["quote"]["text"].split(), key=len)
    asked = {"code": code, "participant": person, "words": word, "firm": True}
    found = client.get(f"{STUDY}/evidence", params=asked).json()["items"]
    assert first in found
    assert all(code in one["firm"] and one["quote"]["participant_id"] == person for one in found)
    assert client.get(f"{STUDY}/evidence", params={"participant": "nobody"}).json()["total"] == 0
    assert client.get(f"{STUDY}/evidence/{first['id']}").json() == first


def test_a_code_taken_off_is_gone_and_comes_back(client: TestClient) -> None:
    [first, *_] = client.get(f"{STUDY}/evidence").json()["items"]
    code, address = next(iter(first["codes"])), f"{STUDY}/evidence/{first['id']}"
    taken = client.post(f"{address}/codes", json={"remove": [code]})
    assert taken.status_code == 200 and taken.json()[0]["given"] is False
    left = client.get(address)
    assert left.status_code == 404 or code not in left.json()["codes"]
    words = {"quote": first["quote"]["text"], "participant": first["quote"]["participant_id"]}
    assert client.post(f"{STUDY}/evidence", json={**words, "add": [code]}).status_code == 201
    assert client.get(address).json()["people"] == {code: "me"}


def test_words_that_nobody_said_cannot_be_coded(client: TestClient) -> None:
    invented = {"quote": "We adore quarterly zeppelin audits", "add": ["pain_point"]}
    assert client.post(f"{STUDY}/evidence", json=invented).status_code in (400, 404)
    assert client.post(f"{STUDY}/evidence", json={"quote": "x"}).status_code == 400


def test_a_theme_comes_with_its_evidence(client: TestClient) -> None:
    [first, *_] = client.get(f"{STUDY}/themes").json()["items"]
    shown = client.get(f"{STUDY}/themes/{first['id']}").json()
    assert [one["id"] for one in shown["evidence"]] and shown["theme"]["id"] == first["id"]
    assert {one["id"] for one in shown["evidence"]} == set(first["evidence_ids"])


def test_a_question_is_answered_with_quotes_that_stand_in_their_sources(client: TestClient) -> None:
    found = client.post(f"{STUDY}/ask", json={"question": "What goes wrong with the schedule?", "limit": 3}).json()
    assert found["quotes"]
    for quote in found["quotes"]:
        source = client.get(f"{STUDY}/sources/{quote['source_id']}").json()
        assert source["text"][quote["start"] : quote["end"]] == quote["text"]


def test_a_question_nobody_answered_says_what_to_try(client: TestClient) -> None:
    problem = client.post(f"{STUDY}/ask", json={"question": "quantum chromodynamics of gluons"}).json()
    assert (problem["status"], problem["type"], problem["found"]) == (409, "insufficient-evidence", 0)
    assert "other words" in problem["ask_next"]


def test_a_document_is_audited_and_not_kept(client: TestClient) -> None:
    document = (
        "persona.md",
        b"# Mia\n\nMia loves quarterly zeppelin audits.\n\nShe says \xe2\x80\x9cI eat maps\xe2\x80\x9d.",
    )
    report = client.post(f"{STUDY}/audit", files={"file": document}).json()
    assert {one["verdict"] for one in report["items"]} & {"no_evidence", "invented"}
    assert client.post(f"{STUDY}/audit", files={"file": (".md", b"x")}).status_code == 400
    assert client.post(f"{STUDY}/audit", files={"file": ("a.exe", b"x")}).status_code in (400, 422)
