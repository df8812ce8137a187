"""`serve`: only this machine, only a free port, and an address that lets one in."""

import threading
import time
import urllib.request
from http.cookiejar import CookieJar

import pytest
import uvicorn

from app.errors import BadInput, Forbidden
from app.web.server import Place, hold, serve
from app.workbench import Workbench


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", ""])  # noqa: S104
def test_an_address_others_can_reach_is_refused(host: str) -> None:
    with pytest.raises(Forbidden, match=r"can be reached by others.*--team"):
        hold(host, 0)


def test_a_port_that_is_taken_is_told() -> None:
    with hold("127.0.0.1", 0) as first:
        first.listen()
        with pytest.raises(BadInput, match="Choose another with --port"):
            hold("127.0.0.1", first.getsockname()[1])


def test_the_printed_address_opens_the_workbench(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    servers: list[uvicorn.Server] = []
    run = uvicorn.Server.run
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, **more: (servers.append(self), run(self, **more)))
    thread = threading.Thread(target=serve, args=(bench, Place(port=0), told.append))
    thread.start()
    try:
        while not (servers and servers[0].started):
            time.sleep(0.02)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with opener.open(told[0]) as answer:
            assert "Studies" in answer.read().decode()
            assert answer.url.endswith("/") and "key=" not in answer.url
    finally:
        servers[0].should_exit = True
        thread.join()
