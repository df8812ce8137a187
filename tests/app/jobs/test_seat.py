"""Seats: one worker each, free again when the worker is gone, however it went."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from app.jobs.seat import claim_seat, take_seat

HOLD = """
import sys, time
from pathlib import Path
from app.jobs.seat import take_seat
seat = take_seat(Path(sys.argv[1]))
print(seat.name, flush=True)
time.sleep(600)
"""


def test_each_worker_has_a_seat_of_its_own(tmp_path: Path) -> None:
    first, second = take_seat(tmp_path), take_seat(tmp_path)
    assert (first.name, second.name) == ("worker-1", "worker-2")
    assert claim_seat(tmp_path, "worker-1") is None
    first.leave()
    with take_seat(tmp_path) as again:
        assert again.name == "worker-1"
    second.leave()


def test_the_seat_of_a_killed_worker_is_free(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as worker:  # noqa: S603
        assert worker.stdout is not None and worker.stdout.readline().strip() == "worker-1"
        assert claim_seat(tmp_path, "worker-1") is None
        os.kill(worker.pid, signal.SIGKILL)
    seat = claim_seat(tmp_path, "worker-1")
    assert seat is not None
    seat.leave()
