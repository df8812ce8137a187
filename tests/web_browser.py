"""A browser for tests: it keeps its cookie, sends forms as pages do, and takes pages apart."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from fastapi.testclient import TestClient

from app.jobs.desk import JobDesk
from app.web.app import create_app
from app.workbench import Workbench

BASE = "http://127.0.0.1:8765"
SECRET = "the-key-of-this-start"  # noqa: S105 (of tests)
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "circle"}


def browser(
    bench: Workbench,
    *,
    entered: bool = True,
    client: tuple[str, int] = ("127.0.0.1", 50000),
    desk: JobDesk | None = None,
) -> TestClient:
    """On the bench; `entered` with the key, as from the printed address."""
    app = create_app(bench, secret=SECRET, desk=desk)
    found = TestClient(app, base_url=BASE, client=client, raise_server_exceptions=False)
    if entered:
        answer = found.get(f"/enter?key={SECRET}", follow_redirects=False)
        assert answer.status_code == 303
    return found


def send(browser: TestClient, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
    """Post a form as our own pages do: with its token, from our own origin."""
    token = browser.app.state.keys.csrf  # type: ignore[attr-defined]
    return browser.post(path, data={"csrf": token, **(data or {})}, headers={"origin": BASE}, **more)


@dataclass
class Page(HTMLParser):
    """What a page holds: its links, ids, headings and text."""

    html: str
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "href" in given and tag == "a":
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        self.styled += [tag] if "style" in given or tag == "style" else []
        self.handlers += [name for name in given if name.startswith("on")]
        if tag == "script":
            self.scripts.append(given.get("src", ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in ("script", "style"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page(browser: TestClient, path: str) -> Page:
    """The page at `path`, which must answer with 200."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code, Page(answer.text).text[:300])
    return Page(answer.text)
