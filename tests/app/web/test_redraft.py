"""Drafting again from the browser: what is started, and that nothing is started twice."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sample_run import sample_run
from web_browser import BASE, SECRET, page, send

from app.models.job import Job, JobKind, JobState
from app.models.reshaping import Change
from app.synthesis.human_coding import Wanted, decide
from app.synthesis.reshaping import Wish
from app.synthesis.shaping import shape_segments
from app.web.app import create_app
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY = "/studies/flowline"


class Desk:
    """A job desk that only writes down what is asked of it."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def start(self, kind: JobKind, study_id: str, **ids: str) -> Job:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        self.jobs.append(Job(id=str(len(self.jobs)), kind=kind, study_id=study_id, state=JobState.WAITING, started=at))
        return self.jobs[-1]

    def all(self, study_id: str | None = None) -> list[Job]:
        return self.jobs

    def under_way(self, study_id: str | None = None) -> list[Job]:
        return self.jobs

    @property
    def kinds(self) -> list[JobKind]:
        return [one.kind for one in self.jobs]


@pytest.fixture
def bench(tmp_path: Path, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path, embedder) as bench:
        yield bench


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def reader(bench: Workbench, desk: Desk) -> Iterator[TestClient]:
    app = create_app(bench, secret=SECRET, desk=desk)  # type: ignore[arg-type]
    with TestClient(app, base_url=BASE, client=("127.0.0.1", 50000), raise_server_exceptions=False) as found:
        found.get(f"/enter?key={SECRET}")
        yield found


def test_stale_personas_say_why_and_are_drafted_again_once(reader: TestClient, bench: Workbench, desk: Desk) -> None:
    personas = {one.name: one for one in reader.app.state.house.rooms.room("flowline").cast.personas}  # type: ignore[attr-defined]
    name, persona = next((name, one) for name, one in personas.items() if one.kind == "macro")
    shape_segments(bench, "flowline", [Wish(Change.RENAME, [name], name="Called by us")], "ana")
    found = page(reader, f"{STUDY}/personas/{persona.id}")
    assert "its segment is called “Called by us” now" in found.text and "Draft again" in found.text
    answer = send(reader, f"{STUDY}/redraft", follow_redirects=False)
    assert answer.status_code == 303 and desk.kinds == [JobKind.DRAFT]
    send(reader, f"{STUDY}/redraft", follow_redirects=False)
    assert desk.kinds == [JobKind.DRAFT]


def test_new_codes_are_segmented_before_they_are_drafted(reader: TestClient, bench: Workbench, desk: Desk) -> None:
    room = reader.app.state.house.rooms.room("flowline")  # type: ignore[attr-defined]
    firm = next(one for one in room.material.evidence if one.firm)
    decide(bench, "flowline", Wanted(evidence_id=firm.id), "ana", remove=firm.firm[:1])
    send(reader, f"{STUDY}/redraft", follow_redirects=False)
    assert desk.kinds == [JobKind.SEGMENT, JobKind.DRAFT]


def test_fresh_personas_offer_no_redraft(reader: TestClient) -> None:
    for place in ("personas", "segments", "themes"):
        assert "Draft again" not in page(reader, f"{STUDY}/{place}").text
