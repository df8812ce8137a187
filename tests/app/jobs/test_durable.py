"""The desk on DBOS as doors meet it: starting, following, stopping, retrying; and what it never writes down."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pydantic import SecretStr

import app.jobs.steps
from app.errors import BadInput, Conflict, ModelError, NotFound
from app.intake.ingest import ingest
from app.jobs.crew import Result
from app.jobs.durable import DurableDesk
from app.jobs.steps import StepDone
from app.models.job import Job, JobKind, JobState
from app.models.run import Account, StepSpending
from app.workbench import Workbench

TALK = "Interviewer: What do you do?\n\n{0}: I count every pallet twice, because the scanner loses them in {0}.\n"


@pytest.fixture
def desk(bench: Workbench, study: str, tmp_path: Path) -> Iterator[DurableDesk]:
    for person in ("Q01", "Q02", "Q03"):
        (tmp_path / f"{person}.txt").write_text(TALK.format(person), encoding="utf-8")
    ingest(bench, study, sorted(tmp_path.glob("*.txt")))
    desk = DurableDesk(bench)
    yield desk
    desk.close()


def ended(desk: DurableDesk, job: Job) -> Job:
    return list(desk.events(job.id))[-1].job


def replaced(monkeypatch: pytest.MonkeyPatch, name: str, work: object) -> None:
    monkeypatch.setattr(app.jobs.steps, name, work)


def test_a_job_is_done_and_says_what_it_made(desk: DurableDesk, bench: Workbench, study: str) -> None:
    events = list(desk.events(desk.start(JobKind.CODE, study).id))
    assert [one.number for one in events] == list(range(1, len(events) + 1))
    last = events[-1].job
    with bench.store.transaction() as tx:
        assert (last.state, last.result) == (JobState.DONE, {"evidence": tx.evidence.count(study)})
    assert (last.step, last.done, last.total) == ("Coding", 3, 3)
    assert last.ended is not None


def test_what_cannot_be_started_is_refused(desk: DurableDesk, study: str) -> None:
    with pytest.raises(NotFound, match="no study"):
        desk.start(JobKind.RUN, "nope")
    with pytest.raises(BadInput, match="takes upload"):
        desk.start(JobKind.INGEST, study)
    with pytest.raises(NotFound, match="upload"):
        desk.start(JobKind.INGEST, study, upload="../..")
    with pytest.raises(BadInput, match="no further id"):
        desk.start(JobKind.RUN, study, suite="personas")
    with pytest.raises(NotFound, match="no job"):
        desk.get("job_none")


def test_jobs_of_one_study_are_done_in_the_order_they_were_asked_for(
    desk: DurableDesk, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[str] = []

    def coding(bench: Workbench, study_id: str, progress: object) -> int:
        began.append(f"job {len(began)}")
        time.sleep(0.05)
        assert len(began) == len(finished) + 1
        finished.append(began[-1])
        return len(finished)

    finished: list[str] = []
    replaced(monkeypatch, "code_study", coding)
    jobs = [desk.start(JobKind.CODE, study) for _ in range(6)]
    assert [ended(desk, job).result["evidence"] for job in jobs] == [1, 2, 3, 4, 5, 6]


def test_a_failed_job_goes_on_from_the_step_that_failed(
    desk: DurableDesk, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    replaced(monkeypatch, "code_study", lambda *given: calls.append("code") or 7)
    replaced(monkeypatch, "find_themes", broken_once(calls, KeyError("what she said")))
    replaced(monkeypatch, "segment_study", lambda *given: pytest.fail("never reached"))
    job = desk.start(JobKind.RUN, study)
    failed = ended(desk, job)
    assert failed.state is JobState.FAILED and failed.error is not None
    assert "KeyError" in failed.error.text and "what she said" not in failed.model_dump_json()
    replaced(monkeypatch, "segment_study", broken_once(calls, BadInput("Stop here.")))
    desk.retry(job.id)
    again = ended(desk, job)
    assert again.error is not None and (again.error.kind, again.error.text) == ("BadInput", "Stop here.")
    assert calls == ["code", "broken", "mended", "broken"]


def broken_once(calls: list[str], error: Exception) -> object:
    """Work that fails at first, and then does nothing."""

    def work(*given: object) -> list[object]:
        calls.append("mended" if "broken" in calls and not isinstance(error, BadInput) else "broken")
        if calls[-1] == "broken":
            raise error
        return []

    return work


def test_a_model_that_was_away_is_asked_again(desk: DurableDesk, study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def coding(*given: object) -> int:
        tries.append(1)
        if len(tries) < 2:
            raise ModelError("The model is away.", raw="what she said")
        return 3

    monkeypatch.setattr("dbos._outcome.time.sleep", lambda seconds: None, raising=False)
    replaced(monkeypatch, "code_study", coding)
    assert ended(desk, desk.start(JobKind.CODE, study)).result == {"evidence": 3}
    assert len(tries) == 2


def test_a_cancelled_job_ends_between_two_parts_and_can_go_on(
    desk: DurableDesk, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def coding(bench: Workbench, study_id: str, progress: app.jobs.steps.Progress) -> int:
        progress.start("Coding", 2)
        done.append("first")
        if len(done) == 1:
            desk.cancel(desk.all(study_id)[0].id)
        progress.advance()
        progress.advance()
        done.append("second")
        return 2

    replaced(monkeypatch, "code_study", coding)
    job = desk.start(JobKind.CODE, study)
    assert ended(desk, job).state is JobState.CANCELLED
    assert desk.cancel(job.id).state is JobState.CANCELLED
    time.sleep(0.3)
    assert done == ["first"]
    desk.retry(job.id)
    assert ended(desk, job).state is JobState.DONE
    assert done == ["first", "first", "second"]
    with pytest.raises(Conflict, match="is done"):
        desk.retry(job.id)


def test_one_key_is_one_job_and_a_forgotten_study_has_none(desk: DurableDesk, study: str) -> None:
    first, again = (desk.start(JobKind.CODE, study, key="k") for _ in range(2))
    assert first.id == again.id
    other = desk.start(JobKind.CODE, study, key="l")
    assert [job.id for job in desk.all(study)] == [other.id, first.id]
    assert desk.all("other") == []
    ended(desk, other)
    desk.forget(study)
    assert desk.all() == []


def test_a_job_waits_for_a_worker_where_the_desk_does_no_work(bench: Workbench, study: str) -> None:
    desk = DurableDesk(bench, works=False)
    job = desk.start(JobKind.CODE, study)
    time.sleep(0.6)
    assert desk.get(job.id).state is JobState.WAITING
    desk.close()
    desk = DurableDesk(bench)
    assert ended(desk, job).state is JobState.FAILED
    desk.close()


def test_a_desk_that_is_closed_in_the_middle_of_a_job_leaves_it_to_the_next(
    bench: Workbench, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, closed = Event(), Event()

    def coding(bench: Workbench, study_id: str, progress: app.jobs.steps.Progress) -> int:
        began.set()
        closed.wait(10)
        progress.start("Coding", 1)
        return 1

    replaced(monkeypatch, "code_study", coding)
    desk = DurableDesk(bench)
    job = desk.start(JobKind.CODE, study)
    assert began.wait(10)
    desk.close()
    closed.set()
    replaced(monkeypatch, "code_study", lambda *given: 7)
    desk = DurableDesk(bench)
    done = ended(desk, job)
    assert (done.state, done.result) == (JobState.DONE, {"evidence": 7})
    desk.close()


@pytest.mark.parametrize("state", ["ENQUEUED", "PENDING"])
def test_what_an_earlier_version_left_begins_anew(
    bench: Workbench, study: str, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    replaced(monkeypatch, "code_study", lambda *given: 7)
    desk = DurableDesk(bench, works=False)
    job = desk.start(JobKind.CODE, study)
    desk.close()
    under_version(bench, "jobs-1", state)
    desk = DurableDesk(bench)
    assert ended(desk, job).result == {"evidence": 7}
    desk.close()


def test_what_a_later_version_left_is_left_alone(bench: Workbench, study: str) -> None:
    desk = DurableDesk(bench, works=False)
    job = desk.start(JobKind.CODE, study)
    desk.close()
    under_version(bench, "jobs-999", "ENQUEUED")
    desk = DurableDesk(bench)
    time.sleep(0.6)
    assert desk.get(job.id).state is JobState.WAITING
    desk.close()


def under_version(bench: Workbench, version: str, state: str) -> None:
    """Write into the records that a worker of that version, who is gone, made and began what there is."""
    with sqlite3.connect(bench.settings.home / "jobs.sqlite") as records:
        sets = "application_version = ?, status = ?, executor_id = 'worker-7'"
        assert records.execute(f"UPDATE workflow_status SET {sets}", (version, state)).rowcount == 1  # noqa: S608
    records.close()


def test_the_jobs_under_way_are_known_without_a_look_at_the_records(
    desk: DurableDesk, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, may_end = Event(), Event()

    def coding(*given: object) -> int:
        began.set()
        may_end.wait(10)
        return 1

    replaced(monkeypatch, "code_study", coding)
    first, second = (desk.start(JobKind.CODE, study, by=who) for who in ("ana", "ben"))
    assert began.wait(10)
    assert [(job.id, job.by) for job in desk.under_way(study)] == [(first.id, "ana"), (second.id, "ben")]
    assert desk.under_way("other") == []
    desk.cancel(second.id)
    assert [job.id for job in desk.under_way()] == [first.id]
    may_end.set()
    ended(desk, first)
    until = time.monotonic() + 5
    while desk.under_way(study) and time.monotonic() < until:
        time.sleep(0.05)
    assert desk.under_way() == []


def test_records_that_cannot_be_opened_are_reported_without_the_address(bench: Workbench) -> None:
    secret = SecretStr("postgresql://me:opensesame@127.0.0.1:1/none")
    elsewhere = replace(bench, settings=bench.settings.model_copy(update={"database_url": secret}))
    with pytest.raises(BadInput, match="DRAMATIS_DATABASE_URL") as refused:
        DurableDesk(elsewhere)
    assert "opensesame" not in str(refused.value)
    DurableDesk(bench).close()


def test_accounts_of_several_steps_are_one_account() -> None:
    def spent(step: str, cost: float | None) -> Account:
        one = StepSpending(step=step, calls=1, input_tokens=10, output_tokens=2, seconds=0.5, cost=cost)
        return Account(steps=[one], currency="USD", prompts=[step], dropped={"unknown id": 1})

    both = Account.of_all([spent("code", 1.0), spent("code", 0.5), spent("draft", None)])
    assert both is not None and (both.calls, both.tokens, both.cost) == (3, 36, None)
    assert [(one.step, one.calls, one.cost) for one in both.steps] == [("code", 2, 1.5), ("draft", 1, None)]
    assert (both.dropped, both.prompts) == ({"unknown id": 3}, ["code", "draft"])
    assert Account.of_all([]) is None


def test_what_a_step_leaves_is_ids_and_counts() -> None:
    assert set(StepDone.model_fields) == {"step", "seconds", "result", "account"}
    assert Result.__args__ == (str, str | int)  # type: ignore[attr-defined]
