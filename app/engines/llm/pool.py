"""Work on many things at once, a few at a time, with results in order."""

from collections.abc import Callable, Iterator, Sequence
from threading import Event, Lock, Thread
from typing import TypeVar

from app.engines.llm.model import Cancelled

T = TypeVar("T")
R = TypeVar("R")


def in_order(work: Callable[[T], R], items: Sequence[T], at_once: int, cancel: Event) -> list[R]:
    """`work` of each item, in the order of the items, `at_once` at a time.

    The first failure sets `cancel`, lets what is under way end (it is paid for), and is raised. A keyboard interrupt
    waits for nothing: the threads are daemons, and what they hold is given up.
    """
    found: dict[int, R] = {}
    failures: list[BaseException] = []
    todo = _shared(items)

    def worker() -> None:
        while not cancel.is_set() and (row := todo()):
            try:
                found[row[0]] = work(row[1])
            except BaseException as failure:
                failures.append(failure)
                cancel.set()

    threads = [Thread(target=worker, daemon=True) for _ in range(min(at_once, len(items)))]
    _run(threads, cancel)
    # Those that were stopped by the first failure say only that they were stopped.
    for failure in sorted(failures, key=lambda one: isinstance(one, Cancelled)):
        raise failure
    if len(found) < len(items):
        raise Cancelled
    return [found[number] for number in range(len(items))]


def _run(threads: list[Thread], cancel: Event) -> None:
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    except BaseException:
        cancel.set()
        raise


def _shared(items: Sequence[T]) -> Callable[[], tuple[int, T] | None]:
    """The next item with its number, asked by several threads; None when all are taken."""
    rows: Iterator[tuple[int, T]] = iter(enumerate(items))
    lock = Lock()

    def take() -> tuple[int, T] | None:
        with lock:
            return next(rows, None)

    return take
