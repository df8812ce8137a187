"""dramatis serve: the workbench in the browser, on this machine."""

from typing import Annotated

import typer

from app.cli.bench import open_bench
from app.cli.output import say


def serve(
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65535)] = 8765,
    host: Annotated[str, typer.Option(help="A loopback address: nobody else can log in yet.")] = "127.0.0.1",
) -> None:
    """Open the workbench in the browser; the printed address lets you in."""
    from app.jobs.durable import DurableDesk
    from app.web.server import serve as answer
    from evals.on_study import measure_study

    def tell(address: str) -> None:
        say(f"Open {address}")
        say("The key in it is of this start only. Stop with Ctrl-C.")

    bench = open_bench()
    desk = DurableDesk(bench, measure=measure_study)
    try:
        answer(bench, host, port, tell, desk)
    finally:
        desk.close()
