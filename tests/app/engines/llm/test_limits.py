"""How often, how often again, and how long between."""

from threading import Event, Thread

import pytest
from small_client import FakeClock

from app.engines.llm.limits import MINUTE, RateLimit, Retry, WallClock
from app.engines.llm.model import Cancelled, Transient
from app.errors import ModelError


def test_no_more_turns_a_minute_than_are_allowed() -> None:
    clock = FakeClock()
    limit = RateLimit(3, clock)
    times = []
    for _ in range(7):
        limit.take(Event())
        times.append(clock.now())
    assert times == [0, 0, 0, MINUTE, MINUTE, MINUTE, 2 * MINUTE]


def test_without_a_limit_nobody_waits() -> None:
    clock = FakeClock()
    limit = RateLimit(None, clock)
    for _ in range(100):
        limit.take(Event())
    assert clock.waits == []


def waits(retry: Retry, clock: FakeClock, failures: list[Transient]) -> list[float]:
    left = list(failures)

    def call() -> str:
        if left:
            raise left.pop(0)
        return "answered"

    assert retry.attempt("m", call, Event()) == "answered"
    return clock.waits


def test_waits_double_up_to_a_minute() -> None:
    clock = FakeClock()
    longest = waits(Retry(9, clock, draw=lambda: 1.0), clock, [Transient("x")] * 9)
    assert longest == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_waits_are_drawn_apart() -> None:
    clock = FakeClock()
    assert waits(Retry(2, clock, draw=lambda: 0.0), clock, [Transient("x")] * 2) == [0.5, 1.0]


def test_what_the_provider_asks_for_goes_first() -> None:
    clock = FakeClock()
    assert waits(Retry(2, clock), clock, [Transient("x", 33.0), Transient("x", 0.0)]) == [33.0, 0.0]


def test_a_wait_of_hours_is_left_to_a_person() -> None:
    clock = FakeClock()
    with pytest.raises(ModelError, match="7200 seconds"):
        waits(Retry(2, clock), clock, [Transient("status 429", 7200.0)])
    assert clock.waits == []


def test_what_does_not_pass_is_not_tried_again() -> None:
    tries = []

    def call() -> None:
        tries.append(1)
        raise ModelError("Wrong key.")

    with pytest.raises(ModelError, match="Wrong key"):
        Retry(5, FakeClock()).attempt("m", call, Event())
    assert len(tries) == 1


def test_a_real_wait_ends_when_the_work_is_given_up() -> None:
    cancel, ended = Event(), Event()

    def wait() -> None:
        with pytest.raises(Cancelled):
            WallClock().wait(3600, cancel)
        ended.set()

    thread = Thread(target=wait, daemon=True)
    thread.start()
    cancel.set()
    assert ended.wait(10)
    thread.join()


def test_real_time_goes_forward() -> None:
    clock = WallClock()
    before = clock.now()
    clock.wait(0.0, Event())
    assert clock.now() >= before
