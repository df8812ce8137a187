"""Exports over REST: written by a job, listed, taken away; and no name leads anywhere else."""

import io
import json
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient

from app.exports.finding import NAMES
from app.workbench import Workbench

V1 = "/api/v1"
EXPORTS = f"{V1}/studies/small/exports"


@pytest.fixture
def exported(client: TestClient) -> TestClient:
    job = client.post(f"{V1}/studies/small/jobs", json={"kind": "export"}).json()["id"]
    with client.stream("GET", f"{V1}/jobs/{job}/events") as lines:
        *_, last = (line for line in lines.iter_lines() if line.startswith("data: "))
    assert json.loads(last.removeprefix("data: "))["job"]["result"] == {"files": len(NAMES)}
    return client


def test_what_a_job_wrote_is_listed_and_taken_away(exported: TestClient, bench: Workbench) -> None:
    listed = exported.get(EXPORTS).json()
    assert [one["name"] for one in listed] == list(NAMES)
    for one in listed:
        answer = exported.get(f"{EXPORTS}/{one['name']}")
        assert answer.headers["content-disposition"] == f'attachment; filename="small-{one["name"]}"'
        assert len(answer.content) == one["size"]
    with ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.read("personas.json") == exported.get(f"{EXPORTS}/personas.json").content


def test_nothing_is_there_before_and_no_name_leads_elsewhere(client: TestClient, bench: Workbench) -> None:
    assert client.get(EXPORTS).json() == []
    (bench.settings.results / "small").mkdir(parents=True, exist_ok=True)
    (bench.settings.results / "small" / "private.txt").write_text("private")
    for name in ("study.zip", "private.txt", "..%2f..%2fworkbench.sqlite", "%2e%2e"):
        assert client.get(f"{EXPORTS}/{name}").status_code == 404, name


def test_a_study_without_personas_has_nothing_to_export(client: TestClient) -> None:
    client.post(f"{V1}/studies", json={"name": "Empty"})
    job = client.post(f"{V1}/studies/empty/jobs", json={"kind": "export"}).json()["id"]
    with client.stream("GET", f"{V1}/jobs/{job}/events") as lines:
        *_, last = (line for line in lines.iter_lines() if line.startswith("data: "))
    assert json.loads(last.removeprefix("data: "))["job"]["error"]["kind"] == "InsufficientEvidence"
