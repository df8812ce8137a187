"""`serve`: the application behind uvicorn, for one person on this machine or for a team."""

import gc
import ipaddress
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from app.access.entry import Entry
from app.access.people import has_admin
from app.errors import BadInput, Forbidden
from app.jobs.desk import JobDesk
from app.web.app import create_app
from app.web.door import ENTRANCE
from app.web.team_door import Team, public_address
from app.workbench import Workbench


@dataclass(frozen=True)
class Place:
    """Where to answer, and to whom. `address` is where people find it, such as a proxy's; only `behind_proxy` is a
    proxy on this machine believed what it says about who asks."""

    host: str = "127.0.0.1"
    port: int = 8765
    team: bool = False
    address: str = ""
    behind_proxy: bool = False


def serve(bench: Workbench, place: Place, tell: Callable[[str], None], desk: JobDesk | None = None) -> None:
    """Answer until interrupted; `tell` gets the address to open once the port is held.

    Refuses what `must_be_safe` refuses; BadInput for a port that is taken.
    """
    must_be_safe(bench, place)
    team = Team(Entry(bench.store), public_address(place.address) if place.address else "") if place.team else None
    held = hold(place.host, place.port, team=place.team)
    secret = secrets.token_urlsafe(24)
    app = create_app(bench, secret=secret, desk=desk, team=team)
    # Whoever opens the address before the application answers waits for it, and is not refused.
    held.listen()
    shown, number = (f"[{place.host}]" if ":" in place.host else place.host), held.getsockname()[1]
    reached = place.address or f"http://{shown}:{number}"
    tell(reached if team else f"{reached}{ENTRANCE}?key={secret}")
    # What is loaded by now stays; nobody's page waits while it is looked through for garbage.
    gc.freeze()
    # No access log: addresses of pages hold what was searched for, and the first of them the key.
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False,
        proxy_headers=place.behind_proxy, forwarded_allow_ips="127.0.0.1",
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[held])


def must_be_safe(bench: Workbench, place: Place) -> None:
    """Forbidden for an address that others can reach without `team`, and for a team without an admin; BadInput for a
    public address that is none."""
    if not place.team:
        return _must_be_ours(place.host)
    if place.address:
        public_address(place.address)
    if not has_admin(bench.store):
        raise Forbidden("Nobody could log in yet. Make an admin first: dramatis user add NAME --role admin")


def hold(host: str, port: int, *, team: bool = False) -> socket.socket:
    """A socket bound to an address, without `team` a loopback one; port 0 takes any that is free."""
    if not team:
        _must_be_ours(host)
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except OSError as error:
        held.close()
        raise BadInput(
            f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
        ) from error
    return held


def _must_be_ours(host: str) -> None:
    if not is_loopback(host):
        raise Forbidden(
            f"“{host}” can be reached by others, and without --team nobody has to log in. Add --team, or use 127.0.0.1."
        )


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
