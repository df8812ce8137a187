"""Bench `pages`: how long every page of the workbench takes where a study with ten times flowline's participants is
loaded: to 20 readers at once, to the first reader after a change, and what it weighs. wrk asks, a public load tool.

    python -m evals.bench.pages                              in a home that is kept in the temporary folder
    python -m evals.bench.pages --home FOLDER --seconds 2    in another, with less of each page
"""

import gzip
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Annotated
from urllib.error import HTTPError

import typer

from app.access.sessions import digest_of
from app.models.session import Session
from app.models.user import Role, User
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from evals.bench.page_list import ROUTES, addresses, ids_in
from evals.bench.pages_home import PEOPLE, STUDY, make_home
from evals.bench.section import Section, cell, met, table
from evals.bench.serving import Site, served

TITLE = "Pages"
HOME = Path(tempfile.gettempdir()) / "dramatis-pages"
READERS, SECONDS = 20, 2
MOST_MS, MOST_BYTES, MOST_COLD = 100.0, 150 * 1024, 1.0
SCRIPT = Path(__file__).parent / "readers.lua"
LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"')
# The page of a study is kept once its advice is there, which its script asks for.
ADVICE = f"/studies/{STUDY}/advice"


@dataclass
class Figures:
    """Of one route, over its addresses the worst: milliseconds, seconds and bytes."""

    warm: dict[str, float] = field(default_factory=dict)
    cold: float = 0.0
    cold_busy: float = 0.0
    weight: int = 0

    def worsen(self, warm: dict[str, float]) -> None:
        """Where this address is slower than those before, it stands for the route."""
        self.warm = max(self.warm, warm, key=lambda one: one.get("p95", -1.0))


def run(home: Path = HOME, seconds: int = SECONDS) -> Section:
    section = Section(TITLE, "python -m evals.bench pages")
    if not shutil.which("wrk"):
        section.skipped.append("wrk is not installed. Install it (Debian: apt-get install wrk), then measure again.")
        return section
    make_home(home)
    bench = build_workbench(Settings().model_copy(update={"home": home, "engine": "local"}))
    pages = _pages(bench)
    before = os.getloadavg()
    with served(home) as site:
        alone = {route: Figures() for route in pages}
        _weigh(site, pages, alone)
        _cold(bench, site, pages, alone)
        _warm(site, pages, alone, [site.cookie], seconds)
    secrets_of_team = _team(bench)
    with served(home, "--team") as site:
        port = site.root.rpartition(":")[2]
        cookies = [f"dramatis_team_{port}={secret}" for secret in secrets_of_team]
        team = {route: Figures() for route in pages}
        _warm(site, pages, team, cookies, seconds)
    bench.store.close()
    section.skipped += [f"`{route}`: there is none in the study." for route in ROUTES if route not in pages]
    section.say(*_report(alone, team, before, seconds))
    return section


def _pages(bench: Workbench) -> dict[str, list[str]]:
    known = ids_in(bench, STUDY)
    found = {route: addresses(route, known) for route in ROUTES}
    return {route: paths for route, paths in found.items() if paths}


def _weigh(site: Site, pages: dict[str, list[str]], figures: dict[str, Figures]) -> None:
    """The page and all that it links to, packed, as a browser without anything of ours fetches them."""
    sizes: dict[str, int] = {}
    for route, paths in pages.items():
        for path in paths:
            body = site.get(path)
            linked = set(LINKED.findall(_unpacked(body).decode()))
            sizes |= {one: len(site.get(one)) for one in linked - sizes.keys()}
            figures[route].weight = max(figures[route].weight, len(body) + sum(sizes[one] for one in linked))


def _unpacked(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def _cold(bench: Workbench, site: Site, pages: dict[str, list[str]], figures: dict[str, Figures]) -> None:
    """Each page as the first after somebody changed something in the study."""
    study = bench.study(STUDY)
    for route, paths in pages.items():
        for path in paths:
            # There and back: the database does not take it for a change when the same is written again.
            for note in (f"{study.note}.", study.note):
                with bench.store.transaction() as tx:
                    tx.studies.save(study.model_copy(update={"note": note}))
            began, busy = time.perf_counter(), site.busy()
            site.get(path)
            figures[route].cold = max(figures[route].cold, time.perf_counter() - began)
            figures[route].cold_busy = max(figures[route].cold_busy, site.busy() - busy)
        _tell(f"{route}: first {figures[route].cold:.2f} s, of the processor {figures[route].cold_busy:.2f} s")


def _warm(
    site: Site, pages: dict[str, list[str]], figures: dict[str, Figures], cookies: list[str], seconds: int
) -> None:
    """Each page after every reader has had it once."""
    site.get(ADVICE, cookies[0])
    for route, paths in pages.items():
        for path in paths:
            readers = [cookie for cookie in cookies if _has_read(site, path, cookie)]
            site.settle()
            busy = site.busy()
            warm = _wrk(site.root + path, readers, seconds)
            warm["busy"] = 1000 * (site.busy() - busy) / max(warm["requests"], 1)
            figures[route].worsen(warm)
        _tell(f"{route}: {figures[route].warm}")


def _has_read(site: Site, path: str, cookie: str) -> bool:
    """Whether this person may read the page: some are for admins alone."""
    try:
        site.get(path, cookie)
    except HTTPError as error:
        if error.code != HTTPStatus.FORBIDDEN:
            raise
        return False
    return True


def _tell(done: str) -> None:
    """How far the bench is: it takes minutes."""
    print(done, file=sys.stderr, flush=True)


def _wrk(address: str, cookies: list[str], seconds: int) -> dict[str, float]:
    command = ["wrk", "-t2", f"-c{READERS}", f"-d{seconds}s", "-s", str(SCRIPT), address, "--", *cookies]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if found["failed"]:
        raise RuntimeError(f"{found['failed']:.0f} of {found['requests']:.0f} requests for {address} failed")
    return found


def _team(bench: Workbench) -> list[str]:
    """A session of each of 20 people, an admin among them; their secrets."""
    drawn = [secrets.token_urlsafe(32) for _ in range(READERS)]
    now = time.time()
    with bench.store.transaction() as tx:
        for number, secret in enumerate(drawn):
            who = User(id=f"reader-{number}", name=f"Reader {number}", role=Role.RESEARCHER if number else Role.ADMIN)
            if tx.users.get(who.id) is None:
                tx.users.add(who, "nobody logs in with a password here")
                tx.users.join(STUDY, who.id)
            tx.sessions.add(Session(digest=digest_of(secret), user_id=who.id, started=now, expires=now + 24 * 3600))
    return drawn


def _report(alone: dict[str, Figures], team: dict[str, Figures], before: tuple[float, ...], seconds: int) -> list[str]:
    heads = ["page", "p50, ms", "p95, ms", "p99, ms", "processor, ms", "team p95, ms", "first after a change, s",
             "of the processor, s", "KB"]  # fmt: skip
    rows = [
        [f"`{route}`", one.warm["p50"], one.warm["p95"], one.warm["p99"], one.warm["busy"], team[route].warm["p95"],
         one.cold, one.cold_busy, one.weight / 1024]
        for route, one in alone.items()
    ]  # fmt: skip
    load = f"{before[0]:.1f} before and {os.getloadavg()[0]:.1f} after"
    usual = median(one.warm["busy"] for one in alone.values())
    return [
        f"A study of {PEOPLE} participants. Each page {seconds} s, {READERS} connections at once, as fast as they are "
        f"answered; of several addresses of a route the slowest. In the team every request is another person’s. The "
        f"machine's load average was {load}; half of the pages take the processor {cell(usual)} ms or less a request.",
        table(heads, rows),
        "\n".join(_goals(alone, team)),
    ]


def _goals(alone: dict[str, Figures], team: dict[str, Figures]) -> list[str]:
    slowest = max(one.warm["p95"] for one in alone.values())
    of_team = max(one.warm["p95"] for one in team.values())
    heaviest = max(one.weight for one in alone.values())
    coldest = max(one.cold_busy for one in alone.values())
    return [
        met(f"p95 of every page within {MOST_MS:.0f} ms at {READERS} readers", slowest, slowest <= MOST_MS),
        met(f"the same in a team, each reader another person, within {MOST_MS:.0f} ms", of_team, of_team <= MOST_MS),
        met("every page within 150 KB, with all it links to", heaviest / 1024, heaviest <= MOST_BYTES),
        met(f"every first page after a change within {MOST_COLD:.0f} s of the processor", coldest,
            coldest <= MOST_COLD),
    ]  # fmt: skip


def main(
    home: Annotated[Path, typer.Option(help="Where the study is made once and kept.")] = HOME,
    seconds: Annotated[int, typer.Option(help="How long each page is asked for.", min=1)] = SECONDS,
) -> None:
    """Print the section."""
    print(run(home, seconds).markdown())


if __name__ == "__main__":
    typer.run(main)
