"""Briefs over REST: write one, write many, read, download, delete."""

from io import BytesIO

import docx
import pytest
from fastapi.testclient import TestClient

from app.jobs.durable import DurableDesk
from app.models.job import JobState

BRIEFS = "/api/v1/studies/small/briefs"


@pytest.fixture
def persona(client: TestClient) -> str:
    found = client.get("/api/v1/studies/small/personas").json()["items"]
    return str(next(one["id"] for one in found if one["kind"] == "macro"))


def test_a_brief_is_written_read_and_deleted(client: TestClient, persona: str) -> None:
    made = client.post(BRIEFS, json={"persona": persona, "stage": "middle"})
    assert made.status_code == 201
    place, brief = made.headers["location"], made.json()["brief"]
    assert place == f"{BRIEFS}/{brief['id']}"
    assert brief["funnel_stage"] == "middle"
    assert brief["flags"], "a core persona at the middle of the funnel is a choice worth a second look"

    again = client.post(BRIEFS, json={"persona": persona, "stage": "middle"})
    assert again.json() == made.json(), "the same choice is the same brief"
    read = client.get(place)
    assert read.json() == {"brief": brief, "stale": ""}
    assert client.get(place, headers={"If-None-Match": read.headers["etag"]}).status_code == 304
    listed = client.get(BRIEFS).json()
    assert (listed["total"], listed["items"][0]["id"]) == (1, brief["id"])

    assert client.delete(place).status_code == 204
    assert client.get(place).status_code == 404
    assert client.delete(place).status_code == 404


@pytest.mark.parametrize(
    ("kind", "media"),
    [("md", "text/markdown"), ("html", "text/html"), ("json", "application/json"), ("pdf", "application/pdf"),
     ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")],
)  # fmt: skip
def test_a_brief_is_downloaded(client: TestClient, persona: str, kind: str, media: str) -> None:
    place = client.post(BRIEFS, json={"persona": persona}).headers["location"]
    answer = client.get(f"{place}/download?as={kind}")
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["content-disposition"] == f'attachment; filename="{place.rpartition("/")[2]}.{kind}"'
    if kind == "docx":
        assert docx.Document(BytesIO(answer.content)).paragraphs[1].style.name == "Title"  # type: ignore[union-attr]


def test_what_cannot_be_written_is_a_problem(client: TestClient) -> None:
    answer = client.post(BRIEFS, json={"persona": "nobody of that name"})
    assert (answer.status_code, answer.json()["type"]) == (404, "not-found")
    assert client.post(BRIEFS, json={"persona": "x", "stage": "sideways"}).status_code == 422


def test_many_are_written_as_a_job_that_holds_ids_only(client: TestClient, desk: DurableDesk, persona: str) -> None:
    answer = client.post(f"{BRIEFS}/matrix", json={"personas": [persona], "industries": ["Logistics", ""]})
    assert answer.status_code == 202
    job = list(desk.events(answer.json()["id"]))[-1].job
    assert (job.state, job.result) == (JobState.DONE, {"briefs": 6, "not_written": 0})
    assert sorted({one["industry"] for one in client.get(BRIEFS).json()["items"]}) == ["", "Logistics"]


def test_a_matrix_for_an_industry_nobody_works_in_is_refused(client: TestClient) -> None:
    answer = client.post(f"{BRIEFS}/matrix", json={"industries": ["Banking"]})
    assert answer.status_code == 400
    assert "Nobody heard works in Banking" in answer.json()["detail"]
