"""A worker that kills itself at a chosen place, as nothing can clean up after: `python dying_worker.py PLACE`.

Places are the worst there are: what a step wrote is in the store, and the job's record does not know it yet.
"""

import os
import signal
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import app.jobs.steps
import app.synthesis.coding
from app.intake.shelf import Shelf
from app.jobs.durable import DurableDesk
from app.wiring import build_workbench


def die_after(home: ModuleType | type, name: str) -> None:
    """Die where the function has done its work."""
    work: Callable[..., Any] = getattr(home, name)

    def once(*given: Any, **named: Any) -> None:
        work(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(home, name, once)


PLACES: dict[str, Callable[[], None]] = {
    "import saved, people not": lambda: die_after(Shelf, "flush"),
    "some coded": lambda: die_after(app.synthesis.coding, "_code_batch"),
    "themes saved": lambda: die_after(app.jobs.steps, "find_themes"),
    "personas saved": lambda: die_after(app.jobs.steps, "draft_study"),
    "run recorded": lambda: die_after(app.jobs.steps, "record_run"),
}

if __name__ == "__main__":
    PLACES[sys.argv[1]]()
    desk = DurableDesk(build_workbench())
    signal.pause()
