"""Outcomes over REST: a table in, rows out, briefs ranked, all removed; each change in the log."""

from fastapi.testclient import TestClient

SMALL = "/api/v1/studies/small"
HEADER = "asset,persona,stage,impressions,conversions"


def sent(client: TestClient, table: str, name: str = "may.csv"):  # type: ignore[no-untyped-def]
    return client.post(f"{SMALL}/outcomes", files={"file": (name, table.encode())})


def test_outcomes_are_imported_listed_and_removed_and_rank_briefs(client: TestClient) -> None:
    people = [one["id"] for one in client.get(f"{SMALL}/personas").json()["items"] if one["kind"] == "macro"]
    for stage in ("top", "middle"):
        assert client.post(f"{SMALL}/briefs", json={"persona": people[0], "stage": stage}).status_code == 201
    first, second = client.get(f"{SMALL}/briefs").json()["items"]
    assert (first["stage"], first["rank"]) == ("top", None)

    table = f"{HEADER}\nGuide,{people[0]},top,2000,10\nPaper,{people[0]},middle,2000,90"
    answer = sent(client, table)
    assert (answer.status_code, answer.json()) == (201, {"rows": 2, "replaced": 0})
    assert sent(client, table).json() == {"rows": 2, "replaced": 2}
    listed = client.get(f"{SMALL}/outcomes").json()
    assert (listed["total"], listed["items"][0]["outcome"]["asset"]) == (2, "Paper")
    assert listed["items"][0]["rate"] == {"value": 0.045, "n": 2000, "low": 0.0368, "high": 0.055}

    ranked = client.get(f"{SMALL}/briefs?by=outcome").json()["items"]
    assert [one["id"] for one in ranked] == [second["id"], first["id"]]
    assert ranked[0]["rank"]["why"] == "4.5 % of 2,000, best of 2"
    assert [one["id"] for one in client.get(f"{SMALL}/briefs").json()["items"]] == [first["id"], second["id"]]

    assert client.delete(f"{SMALL}/outcomes").status_code == 204
    assert client.get(f"{SMALL}/outcomes").json()["total"] == 0


def test_a_table_with_bad_lines_is_a_problem_that_names_them(client: TestClient) -> None:
    answer = sent(client, f"{HEADER}\nGuide,nobody,top,10,1\nPaper,nobody,top,1,10", "../<b>ma\ny.csv")
    assert (answer.status_code, answer.json()["type"]) == (400, "bad-input")
    assert "line 2: persona “nobody” is not known; line 3: 10 conversions of 1" in answer.json()["detail"]
    assert sent(client, "no table", "may.pdf").status_code == 400
    assert sent(client, "a", "may.csv").status_code == 422
    assert client.get(f"{SMALL}/outcomes").json()["items"] == []
