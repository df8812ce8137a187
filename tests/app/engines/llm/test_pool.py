"""Several questions at once: order, how many, failures, and giving up."""

import _thread
from pathlib import Path
from threading import Barrier, Event, Lock

import pytest
from small_client import FakeClock, ScriptedModel, client_of, question, said

from app.engines.llm.model import Cancelled, Reply, Transient
from app.engines.llm.pool import in_order
from app.errors import ModelError


def numbered(user: str) -> Reply:
    return said(f'{{"numbers": [{user}]}}')


def test_answers_come_in_order_whichever_is_first() -> None:
    later = Event()

    def answer(user: str) -> Reply:
        if user == "0":
            assert later.wait(10)
        if user == "3":
            later.set()
        return numbered(user)

    client = client_of(ScriptedModel(answer), concurrency=4)
    found = client.ask_all([question(str(number)) for number in range(8)])
    assert [one.numbers for one in found] == [[number] for number in range(8)]


def test_as_many_are_under_way_as_are_allowed_and_no_more() -> None:
    together, lock = Barrier(3), Lock()
    now, most = 0, 0

    def work(item: int) -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait(10)
        with lock:
            now -= 1
        return item

    assert in_order(work, range(9), 3, Event()) == list(range(9))
    assert most == 3


def test_no_questions() -> None:
    assert client_of(ScriptedModel(numbered)).ask_all([]) == []


def test_after_each_answer_somebody_is_told() -> None:
    told: list[int] = []
    client_of(ScriptedModel(numbered)).ask_all([question(str(one)) for one in range(5)], done=lambda: told.append(1))
    assert len(told) == 5


def test_one_failure_stops_the_rest_and_what_was_answered_is_kept(tmp_path: Path) -> None:
    def answer(user: str) -> Reply:
        if user == "2":
            raise ModelError("It broke.")
        return numbered(user)

    model = ScriptedModel(answer)
    questions = [question(str(number)) for number in range(10)]
    with pytest.raises(ModelError, match="It broke"):
        client_of(model, tmp_path, concurrency=1).ask_all(questions)
    assert model.asked == ["0", "1", "2"]
    again = ScriptedModel(numbered)
    found = client_of(again, tmp_path, concurrency=1).ask_all(questions)
    assert len(found) == 10
    assert again.asked == [str(number) for number in range(2, 10)]


def test_the_failure_is_raised_and_not_that_others_were_stopped_by_it() -> None:
    waiting = Event()

    def answer(user: str) -> Reply:
        if user == "1":
            assert waiting.wait(10)
            raise ModelError("It broke.")
        waiting.set()
        raise Transient("status 429", 100.0)

    class Patient(FakeClock):
        def wait(self, seconds: float, cancel: Event) -> None:
            assert cancel.wait(10)
            raise Cancelled

    client = client_of(ScriptedModel(answer), clock=Patient(), concurrency=2)
    with pytest.raises(ModelError, match="It broke"):
        client.ask_all([question("0"), question("1")])


def test_who_gives_up_from_outside_gets_told() -> None:
    given_up = Event()

    def answer(user: str) -> Reply:
        given_up.set()
        return numbered(user)

    model = ScriptedModel(answer)
    with pytest.raises(Cancelled, match="run again"):
        client_of(model, concurrency=1).ask_all([question(str(number)) for number in range(5)], given_up)
    assert model.asked == ["0"]


def test_a_keyboard_interrupt_waits_for_nothing_and_starts_nothing_more() -> None:
    cancel, free, started = Event(), Event(), list[int]()

    def work(item: int) -> int:
        started.append(item)
        _thread.interrupt_main()
        assert free.wait(10)
        return item

    with pytest.raises(KeyboardInterrupt):
        in_order(work, range(5), 1, cancel)
    assert cancel.is_set() and started == [0]
    free.set()
