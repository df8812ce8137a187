"""dramatis worker"""

import os
import signal
from threading import Event

from app.cli.bench import open_bench
from app.cli.output import say


def worker() -> None:
    """Do the jobs that others start, until it is told to stop. Several may work for one home folder.

    A job that is under way when a worker ends, however it ends, goes on at the next worker from its last step.
    """
    from app.jobs.durable import DurableDesk
    from evals.on_study import measure_study

    bench = open_bench()
    desk = DurableDesk(bench, measure=measure_study)
    stop = Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    say(f"Working for {bench.settings.home}. Stop with Ctrl-C.")
    stop.wait()
    desk.close()
    # A step under way is left as it is, at once: it is done again by the next worker.
    os._exit(0)
