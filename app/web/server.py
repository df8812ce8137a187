"""`serve`: the application behind uvicorn, on this machine only."""

import ipaddress
import secrets
import socket
from collections.abc import Callable

import uvicorn

from app.errors import BadInput
from app.jobs.desk import JobDesk
from app.web.app import create_app
from app.web.door import ENTRANCE
from app.workbench import Workbench


def serve(bench: Workbench, host: str, port: int, tell: Callable[[str], None], desk: JobDesk | None = None) -> None:
    """Answer until interrupted; `tell` gets the address to open once the port is held.

    BadInput for an address that others can reach, and for a port that is taken.
    """
    held = hold(host, port)
    secret = secrets.token_urlsafe(24)
    app = create_app(bench, secret=secret, desk=desk)
    # Whoever opens the address before the application answers waits for it, and is not refused.
    held.listen()
    shown, number = (f"[{host}]" if ":" in host else host), held.getsockname()[1]
    tell(f"http://{shown}:{number}{ENTRANCE}?key={secret}")
    # No access log: addresses of pages hold what was searched for, and the first of them the key.
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
    uvicorn.Server(config).run(sockets=[held])


def hold(host: str, port: int) -> socket.socket:
    """A socket bound to a loopback address; port 0 takes any that is free."""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise BadInput(f"“{host}” can be reached by others, and this mode has no login. Use 127.0.0.1.")
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
