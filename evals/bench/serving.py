"""A workbench in a process of its own, as somebody starts it, and requests to it."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlsplit

TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Site:
    """`opened` is the address that `serve` printed, `cookie` what a browser holds after it was opened."""

    opened: str
    cookie: str
    pid: int

    @property
    def root(self) -> str:
        parts = urlsplit(self.opened)
        return f"{parts.scheme}://{parts.netloc}"

    def get(self, path: str, cookie: str = "") -> bytes:
        """A page as it is sent, packed; an error where it is refused."""
        asked = urllib.request.Request(self.root + path)  # noqa: S310 (our own server)
        asked.add_header("Accept-Encoding", "gzip")
        asked.add_header("Cookie", cookie or self.cookie)
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            body: bytes = answer.read()
        return body

    def busy(self) -> float:
        """Seconds of the processor that the server has taken so far; where the system does not tell, none."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / TICK

    def settle(self, still: float = 0.2) -> None:
        """Wait until it is done with what was asked for, though nobody waits for the answers any more."""
        busy = -1.0
        while busy != (busy := self.busy()):
            time.sleep(still)


@contextmanager
def served(home: Path, *options: str) -> Iterator[Site]:
    """The workbench on `home` as long as the block runs."""
    environment = {**os.environ, "DRAMATIS_HOME": str(home), "DRAMATIS_ENGINE": "local"}
    command = [sys.executable, "-m", "app.main", "serve", "--port", "0", *options]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            address = next(found[0] for line in server.stderr or () if (found := re.search(r"http://\S+", line)))
            yield Site(address, open_first(address), server.pid)
        finally:
            server.send_signal(signal.SIGINT)


def open_first(address: str) -> str:
    """Open the printed address until it leads to a page; the cookie that it gave."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    while True:
        try:
            with opener.open(address) as answer:
                if answer.status == 200:
                    return "; ".join(f"{one.name}={one.value}" for one in jar)
        except urllib.error.URLError:
            time.sleep(0.01)
