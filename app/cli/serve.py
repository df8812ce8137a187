"""dramatis serve: the workbench in the browser, on this machine or for a team."""

from typing import Annotated

import typer

from app.cli.bench import open_bench
from app.cli.output import say


def serve(
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65535)] = 8765,
    host: Annotated[
        str, typer.Option(help="The address to answer on; others than loopback need --team.")
    ] = "127.0.0.1",
    team: Annotated[bool, typer.Option("--team", help="People log in; see: dramatis user add.")] = False,
    address: Annotated[
        str, typer.Option(help="With --team: where people find it, like https://dramatis.example.")
    ] = "",
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="Believe a proxy on this machine about who asks.")
    ] = False,
) -> None:
    """Open the workbench in the browser; the printed address lets you in, or with --team your password."""
    from app.jobs.durable import DurableDesk
    from app.web.server import Place, is_loopback, must_be_safe
    from app.web.server import serve as answer
    from evals.on_study import measure_study

    if (address or behind_proxy) and not team:
        raise typer.BadParameter("--address and --behind-proxy are for --team.")

    def tell(reached: str) -> None:
        say(f"Open {reached}")
        if team and not is_loopback(host) and not address.startswith("https://"):
            say("Passwords travel unencrypted. Put a proxy with TLS before it, and name it with --address https://…")
        say("Log in there. Stop with Ctrl-C." if team else "The key in it is of this start only. Stop with Ctrl-C.")

    bench, place = open_bench(), Place(host, port, team, address, behind_proxy)
    must_be_safe(bench, place)
    desk = DurableDesk(bench, measure=measure_study)
    try:
        answer(bench, place, tell, desk)
    finally:
        desk.close()
