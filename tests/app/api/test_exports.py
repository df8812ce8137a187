"""Exports over REST: written by a job, listed, taken away; and no name leads anywhere else."""

import io
import json
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient

from app.exports.catalogue import CATALOGUE
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


def test_every_file_is_listed_and_made_on_demand(client: TestClient) -> None:
    listed = client.get(EXPORTS).json()
    assert [one["name"] for one in listed] == [one.name for one in CATALOGUE]
    assert not any(one["kept"] for one in listed)
    for one in listed:
        answer = client.get(f"{EXPORTS}/{one['name']}")
        assert answer.headers["content-disposition"] == f'attachment; filename="small-{one["name"]}"'
        assert answer.headers["content-type"] == one["media_type"] and answer.content


def test_what_a_job_wrote_is_the_same_and_told_with_its_time(exported: TestClient) -> None:
    listed = {one["name"]: one for one in exported.get(EXPORTS).json()}
    assert list(listed) == list(NAMES)
    answer = exported.get(f"{EXPORTS}/study.zip")
    assert len(answer.content) == listed["study.zip"]["kept"]["size"] and listed["study.zip"]["shelf"] is None
    with ZipFile(io.BytesIO(answer.content)) as packed:
        for name in ("personas.json", "claims.csv", "study.xlsx"):
            assert packed.read(name) == exported.get(f"{EXPORTS}/{name}").content


def test_a_file_is_of_the_study_as_it_stands(client: TestClient) -> None:
    one = client.get(f"{V1}/studies/small/personas").json()["items"][0]["id"]
    claim = client.get(f"{V1}/studies/small/personas/{one}").json()["persona"]["pain_points"][0]
    before = client.get(f"{EXPORTS}/claims.csv").text
    client.put(f"{V1}/studies/small/personas/{one}/claims/{claim['id']}/review", json={"state": "rejected"})
    after = client.get(f"{EXPORTS}/claims.csv").text
    assert f"{one},M1" in before and claim["id"] in before.partition("\r\n")[2]
    assert len(after.splitlines()) < len(before.splitlines())


def test_no_name_leads_elsewhere(client: TestClient, bench: Workbench) -> None:
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
