"""Uploads and jobs over HTTP: files are sent, imported by a job that can be followed, and reported on."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.workbench import Workbench

V1 = "/api/v1"
STUDY = f"{V1}/studies/small"
TALK = b"Interviewer: What do you do?\n\nQ01: I count every pallet twice, because the scanner loses them.\n"


def followed(client: TestClient, job: str) -> list[dict[str, object]]:
    with client.stream("GET", f"{V1}/jobs/{job}/events") as lines:
        told = [line.removeprefix("data: ") for line in lines.iter_lines() if line.startswith("data: ")]
    return [json.loads(one)["job"] for one in told]


def test_files_are_sent_imported_and_reported_on(client: TestClient, bench: Workbench) -> None:
    sent = client.post(f"{STUDY}/sources", files=[("files", ("talk.txt", TALK)), ("files", ("bad.pdf", b"no pdf"))])
    assert sent.status_code == 202
    *_, last = followed(client, sent.json()["id"])
    assert last["state"] == "done" and last["result"]["imported"] == 1 and last["result"]["refused"] == 1  # type: ignore[index]
    report = client.get(f"{STUDY}/uploads/{last['result']['upload']}").json()  # type: ignore[index]
    assert report["outcomes"]["imported"] == ["talk.txt"] and "bad.pdf" in report["outcomes"]["refused"][0]
    names = {one["name"] for one in client.get(f"{STUDY}/sources").json()["items"]}
    assert "talk.txt" in names
    assert not list(bench.settings.uploads.glob("*/*/files/*"))


def test_job_records_hold_no_word_and_no_name_of_a_file(client: TestClient, bench: Workbench) -> None:
    sent = client.post(f"{STUDY}/sources", files=[("files", ("anna_miller.txt", TALK))])
    followed(client, sent.json()["id"])
    client.app.state.desk.close()  # type: ignore[attr-defined]
    records = b"".join(path.read_bytes() for path in bench.settings.home.glob("jobs.sqlite*"))
    assert b"small" in records
    assert b"pallet" not in records and b"anna_miller" not in records


@pytest.mark.parametrize("name", ["../talk.txt", "/etc/talk.txt", ".hidden", "a/../../b.txt", "x" * 300])
def test_a_name_that_leaves_its_folder_is_refused(client: TestClient, bench: Workbench, name: str) -> None:
    answer = client.post(f"{STUDY}/sources", files=[("files", (name, TALK))])
    assert answer.status_code == 400
    assert not [path for path in Path(bench.settings.uploads).rglob("*") if path.is_file()]


def test_too_much_is_refused_and_nothing_of_it_kept(client: TestClient, bench: Workbench) -> None:
    answer = client.post(f"{STUDY}/sources", files=[("files", ("big.txt", b"x" * 3_000_000))])
    assert answer.status_code == 413 and "DRAMATIS_UPLOAD_MB" in answer.json()["detail"]
    begin = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    chunks = (piece for piece in [begin, *[b"x" * 500_000] * 8])
    head = {"Content-Type": "multipart/form-data; boundary=b"}
    assert client.post(f"{STUDY}/sources", content=chunks, headers=head).status_code == 413
    assert not [path for path in bench.settings.uploads.rglob("*") if path.is_file()]


def test_a_job_with_one_key_is_started_once(client: TestClient) -> None:
    first, again = (
        client.post(f"{STUDY}/jobs", json={"kind": "draft"}, headers={"Idempotency-Key": "d1"}) for _ in range(2)
    )
    assert first.status_code == 202 and first.json()["id"] == again.json()["id"]
    assert [one["state"] for one in followed(client, first.json()["id"])][-1] == "done"
    assert client.get(f"{STUDY}/jobs").json()["total"] == 1
    assert client.post(f"{V1}/jobs/{first.json()['id']}/retry").status_code == 409


def test_a_job_that_fails_says_why_and_can_be_retried(client: TestClient) -> None:
    client.post(f"{V1}/studies", json={"name": "Empty"})
    job = client.post(f"{V1}/studies/empty/jobs", json={"kind": "run"}).json()["id"]
    last = followed(client, job)[-1]
    assert last["state"] == "failed" and last["error"]["kind"] == "InsufficientEvidence"  # type: ignore[index]
    assert client.post(f"{V1}/jobs/{job}/retry").json()["state"] in ("waiting", "running", "failed")
    assert followed(client, job)[-1]["state"] == "failed"


def test_a_study_is_measured_by_a_job(client: TestClient) -> None:
    job = client.post(f"{STUDY}/jobs", json={"kind": "eval", "suite": "personas"}).json()["id"]
    assert followed(client, job)[-1]["state"] == "done"
    assert client.get(f"{STUDY}/evals").json()[job]["scores"]["quote_validity"] == 1.0


def test_the_jobs_of_a_deleted_study_are_forgotten(client: TestClient) -> None:
    job = client.post(f"{STUDY}/jobs", json={"kind": "run"}).json()["id"]
    assert client.delete(STUDY).status_code == 204
    assert client.get(f"{V1}/jobs/{job}").status_code == 404
    assert client.get(f"{V1}/jobs").json()["total"] == 0
