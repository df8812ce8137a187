"""Jobs in the browser: started, followed, stopped, tried again; files sent and reported on; what is lacking is told."""

import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from web_browser import BASE, Page, browser, page, send

import app.jobs.steps
from app.errors import BadInput
from app.exports.catalogue import CATALOGUE
from app.intake.ingest import ingest
from app.jobs.durable import DurableDesk
from app.jobs.reporting import EVERY
from app.model_settings import ModelSettings
from app.models.job import Job, JobKind
from app.synthesis.casting import forecast_study
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.on_study import measure_study

TALK = b"Interviewer: What worries you?\nP01: My name is on the report, so I check every line of it twice.\n"


@pytest.fixture
def desk(bench: Workbench) -> Iterator[DurableDesk]:
    desk = DurableDesk(bench, measure=measure_study)
    yield desk
    desk.close()


@pytest.fixture
def inside(bench: Workbench, desk: DurableDesk) -> Iterator[TestClient]:
    with browser(bench, desk=desk) as found:
        yield found


@pytest.fixture
def spoken(bench: Workbench, study: str, flowline: Path) -> str:
    """A study with two interviews."""
    ingest(bench, study, [flowline / "transcripts" / name for name in ("P01.txt", "P03.txt")])
    return study


def started(inside: TestClient, path: str, data: dict[str, str] | None = None, **more: object) -> str:
    """Post the form; the address of the job's page that it leads to."""
    answer = send(inside, path, data, follow_redirects=False, **more)
    assert answer.status_code == 303, Page(answer.text).text
    return str(answer.headers["location"])


def ended(desk: DurableDesk, place: str) -> Job:
    return list(desk.events(place.rpartition("/")[2]))[-1].job


def slowly(monkeypatch: pytest.MonkeyPatch, name: str, until: list[str]) -> None:
    """The step reports one of two parts and then waits until something is in the list."""

    def work(bench: Workbench, study_id: str, progress: app.jobs.steps.Progress) -> int:
        progress.start("Coding", 2)
        time.sleep(EVERY)
        progress.advance()
        for _ in range(200):
            if until:
                break
            time.sleep(0.05)
        progress.advance()
        return 5

    monkeypatch.setattr(app.jobs.steps, name, work)


def test_a_running_job_is_shown_wherever_one_looks_and_then_what_to_do_next(
    inside: TestClient, desk: DurableDesk, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = f"/studies/{spoken}"
    assert "Coding" not in page(inside, home).text
    may_end: list[str] = []
    slowly(monkeypatch, "code_study", may_end)
    place = started(inside, f"{home}/runs", {"kind": "code"})
    while desk.under_way(spoken)[0].done < 1:
        time.sleep(0.05)
    for where in (home, f"{home}/sources", f"{home}/jobs", f"{home}/run", place):
        found = page(inside, where)
        assert "Coding what people said, 1 of 2 interviews" in found.text.replace("\xa0", " "), where
        assert f'hx-get="{place}/now"' in found.html and "Reload the page" in found.text
    part = inside.get(f"{place}/now", headers={"hx-request": "true"})
    assert 'value="50"' in part.text and "hx-retarget" not in part.headers and "<html" not in part.text
    may_end.append("now")
    ended(desk, place)
    last = inside.get(f"{place}/now", headers={"hx-request": "true"})
    assert last.headers["hx-retarget"] == f"#{place.rpartition('/')[2]}" and "hx-get" not in last.text
    assert f"{home}/evidence" in Page(last.text).links
    while desk.under_way(spoken):
        time.sleep(0.05)
    assert "hx-get" not in page(inside, f"{home}/jobs").html
    assert "5 pieces of evidence" in page(inside, f"{home}/jobs").text.replace("\xa0", " ")


def test_a_job_is_stopped_and_goes_on_where_it_was(
    inside: TestClient, desk: DurableDesk, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end: list[str] = []
    slowly(monkeypatch, "code_study", may_end)
    place = started(inside, f"/studies/{spoken}/runs", {"kind": "code"})
    assert started(inside, f"{place}/cancel") == place
    assert "It was stopped" in page(inside, place).text
    may_end.append("now")
    assert started(inside, f"{place}/retry") == place
    ended(desk, place)
    assert "Done" in page(inside, place).text
    assert send(inside, f"{place}/retry").status_code == 409


def test_a_failure_says_why_and_can_be_tried_again(
    inside: TestClient, desk: DurableDesk, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> int:
        raise BadInput("The <b>segments</b> file is missing. Make one.")

    monkeypatch.setattr(app.jobs.steps, "segment_study", broken)
    monkeypatch.setattr(app.jobs.steps, "find_themes", lambda *given: [])
    place = started(inside, f"/studies/{spoken}/runs", {"kind": "segment"})
    ended(desk, place)
    found = page(inside, place)
    assert "The <b>segments</b> file is missing. Make one." in found.text and "<b>segments" not in found.html
    assert "Go on from the step that failed" in found.text
    assert "Try again" in page(inside, f"/studies/{spoken}/jobs").text
    monkeypatch.setattr(app.jobs.steps, "segment_study", lambda *given: pytest.fail("done once too often"))
    assert started(inside, f"{place}/retry") == place


def test_what_a_run_lacks_is_said_before(inside: TestClient, bench: Workbench, study: str, flowline: Path) -> None:
    run = f"/studies/{study}/run"
    assert "No interview has been added yet" in page(inside, run).text
    assert "<form" not in page(inside, run).html.partition("<main")[2]
    ingest(bench, study, [flowline / "transcripts" / "P01.txt"])
    found = page(inside, run).text.replace("\xa0", " ")
    assert "Only 1 person spoke so far" in found and "Nothing has been coded yet" in found
    assert "no language model is asked" in found


def test_a_job_is_not_shown_in_another_study(inside: TestClient, desk: DurableDesk, spoken: str) -> None:
    send(inside, "/studies", {"name": "Other"})
    place = started(inside, f"/studies/{spoken}/drafts")
    ended(desk, place)
    other = place.replace(f"/studies/{spoken}/", "/studies/other/")
    assert inside.get(place).status_code == 200
    for way in ("", "/now"):
        assert inside.get(other + way).status_code == 404
    assert send(inside, f"{other}/retry").status_code == 404
    assert inside.get(f"/studies/{spoken}/jobs/job_none").status_code == 404


def test_a_form_without_its_token_starts_nothing(inside: TestClient, desk: DurableDesk, spoken: str) -> None:
    for way in ("runs", "drafts", "measures", "exports", "jobs/job_none/cancel", "jobs/job_none/retry"):
        answer = inside.post(f"/studies/{spoken}/{way}", data={"csrf": "wrong"}, headers={"origin": BASE})
        assert answer.status_code == 403, way
    assert desk.all(spoken) == []


def test_files_are_imported_by_a_job_and_each_is_reported_on(
    inside: TestClient, desk: DurableDesk, bench: Workbench, study: str
) -> None:
    roster = b"participant,file,consent\nP01,P01.txt,research\nP02,P02.txt,withdrawn\n"
    files = [("P01.txt", TALK), ("P02.txt", b"P02: Forget me."), ("broken.json", b"{"), ("participants.csv", roster)]
    sent = [("files", one) for one in files]
    place = started(inside, f"/studies/{study}/sources", {"kind": ""}, files=sent)
    assert ended(desk, place).by == "me"
    found = page(inside, place).text
    for words in ("Not imported 1 broken.json", "Kept out 1 P02.txt: consent withdrawn", "Imported 1 P01.txt"):
        assert words in found, found
    with bench.store.transaction() as tx:
        assert [one.name for one in tx.sources.all(study)] == ["P01.txt"]
    assert "Nothing has been read yet" not in page(inside, f"/studies/{study}").text


def test_a_script_gets_the_job_as_a_part_of_its_page(inside: TestClient, desk: DurableDesk, study: str) -> None:
    token = inside.app.state.keys.csrf  # type: ignore[attr-defined]
    answer = inside.post(
        f"/studies/{study}/sources", data={"csrf": token}, files={"files": ("talks/P01.txt", TALK)},
        headers={"origin": BASE, "hx-request": "true"},
    )  # fmt: skip
    place = re.search(r'hx-get="([^"]+)/now"', answer.text)
    assert answer.status_code == 200 and "<html" not in answer.text and place
    assert answer.headers["hx-retarget"] == f"#{place[1].rpartition('/')[2]}"
    assert ended(desk, place[1]).result["imported"] == 1


def test_files_that_cannot_be_taken_are_refused_with_the_reason(
    bench: Workbench, desk: DurableDesk, study: str
) -> None:
    small = bench.settings.model_copy(update={"upload_mb": 1})
    object.__setattr__(bench, "settings", small)
    with browser(bench, desk=desk) as inside:
        path = f"/studies/{study}/sources"
        assert send(inside, path, files={"files": ("", b"")}).status_code == 422
        assert send(inside, path, files={"files": ("../P01.txt", TALK)}).status_code == 422
        assert send(inside, path, {"kind": "novel"}, files={"files": ("P01.txt", TALK)}).status_code == 422
        big = send(inside, path, files={"files": ("P01.txt", b"x" * 1_200_000)})
        assert big.status_code == 413 and "DRAMATIS_UPLOAD_MB" in Page(big.text).text
        assert big.headers["content-type"].startswith("text/html")
        head = {"content-type": "multipart/form-data; boundary=b", "origin": BASE}
        begin = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        unannounced = inside.post(path, content=iter([begin, *[b"x" * 300_000] * 5]), headers=head)
        assert unannounced.status_code == 413 and "Too much at once" in Page(unannounced.text).text
    assert desk.all(study) == [] and not [one for one in bench.settings.uploads.rglob("*") if one.is_file()]


def test_what_was_exported_is_taken_away(
    inside: TestClient, desk: DurableDesk, bench: Workbench, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.jobs.steps, "need_personas", lambda cast: None)
    exports = f"/studies/{spoken}/exports"
    assert "There is no persona to export yet" in page(inside, exports).text
    place = started(inside, exports)
    ended(desk, place)
    assert exports in page(inside, place).links and f"{exports}/study.zip" in page(inside, exports).links
    answer = inside.get(f"{exports}/study.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="test-study.zip"'
    made = [one.name for one in CATALOGUE if not one.needs_personas]
    assert ZipFile(BytesIO(answer.content)).namelist() == made
    for name in ("..%2f..%2fworkbench.sqlite", "evals", "other.json"):
        assert inside.get(f"{exports}/{name}").status_code == 404, name


def test_a_job_of_another_kind_than_one_may_start_is_not_ones_own(
    bench: Workbench, desk: DurableDesk, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.start(JobKind.EXPORT, spoken)
    monkeypatch.setattr("app.web.app.owner", lambda name: marketer(name))
    with browser(bench, desk=desk) as inside:
        assert send(inside, f"/studies/{spoken}/jobs/{job.id}/cancel").status_code == 403
        assert send(inside, f"/studies/{spoken}/runs").status_code == 403
        assert "Stop" not in page(inside, f"/studies/{spoken}/jobs/{job.id}").text
        assert inside.get(f"/studies/{spoken}/run").status_code == 403
        started(inside, f"/studies/{spoken}/drafts")


def marketer(name: str) -> object:
    from app.access.principal import Principal
    from app.models.user import Role

    return Principal(name, Role.MARKETER)


def test_with_a_language_model_one_sees_first_what_it_will_be_asked(
    bench: Workbench, desk: DurableDesk, spoken: str
) -> None:
    model = ModelSettings(name="gpt-4.1", base_url="http://127.0.0.1:9/v1", api_key=SecretStr("no-key"))
    settings = bench.settings.model_copy(update={"engine": "llm", "model": model})
    asking = build_workbench(settings, embedder=bench.embedder)
    with browser(asking, desk=desk) as inside:
        home = page(inside, f"/studies/{spoken}")
        assert f"/studies/{spoken}/run" in home.links and f'action="/studies/{spoken}/runs"' not in home.html
        text = page(inside, f"/studies/{spoken}/run").text.replace("\xa0", " ")
        calls = forecast_study(asking, spoken)
        assert calls is not None and f"asked about {calls.calls} times, {calls.tokens:,} tokens" in text
        assert "Judge" in text and "USD" in text and "no-key" not in text
    asking.store.close()
    assert desk.all(spoken) == []
