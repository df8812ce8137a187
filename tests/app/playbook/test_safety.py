"""The playbook trusts nobody's words: nothing runs, nothing loads, markup in speech stays speech."""

import base64
import hashlib
import re
from typing import Any

from playbook_cast import build_room, read_study
from playbook_page import Page, html, page

from app.playbook import render_playbook

HOSTILE = '</style><script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7*7 }} '
OURS = {"id", "code", "field", "by", "who", "file", "consent", "segment_id", "members", "uncovered", "at"}


def test_nothing_is_fetched_and_nothing_runs() -> None:
    nodes = page().nodes
    assert not {node.tag for node in nodes} & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not [name for node in nodes for name in node.attrs if name in {"src", "style"} or name.startswith("on")]
    assert all(link.attrs["href"].startswith("#") for link in page().all("a"))
    assert not re.search(r"@import|url\(|https?://", html())


def test_the_policy_allows_this_style_sheet_and_nothing_else() -> None:
    [policy] = [node.attrs["content"] for node in page().all("meta") if "http-equiv" in node.attrs]
    [style] = page().all("style")
    digest = base64.b64encode(hashlib.sha256("".join(style.texts).encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_words_stay_words() -> None:
    found = Page(render(poisoned(read_study())))
    assert shape(found) == shape(page())
    assert found.all("title")[0].text.startswith(HOSTILE.strip())
    assert all(HOSTILE.strip() in node.text for node in found.all("h2", "title") + found.all("blockquote"))
    assert [mark for mark in found.all("mark") if HOSTILE.strip() in mark.text]


def render(study: dict[str, Any]) -> str:
    hostile = build_room(study)
    return render_playbook(hostile.cast, hostile.sources, evidence=hostile.evidence)


def shape(found: Page) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with its attributes' names. Longer names wrap in the picture, so its text is not compared; nor is
    the class by which we tell that a quote brings its own marks."""
    return [
        (node.tag, () if node.tag == "blockquote" else tuple(node.attrs)) for node in found.nodes if node.tag != "text"
    ]


def poisoned(study: dict[str, Any]) -> dict[str, Any]:
    """The study with markup before every sentence, name and attribute, and before every quote where it was said."""
    quotes = {said["quote"] for theme in study["themes"] for said in theme["evidence"]}
    for person in study["participants"]:
        for turn in person["turns"]:
            for quote in quotes:
                turn["says"] = turn["says"].replace(quote, HOSTILE + quote)
    says = {turn["says"] for person in study["participants"] for turn in person["turns"]}
    found: dict[str, Any] = spoil(study, says)
    return found


def spoil(data: Any, keep: set[str]) -> Any:
    """The payload before every string that is not an id; turns are spoiled already, and kept."""
    if isinstance(data, dict):
        return {key: value if key in OURS else spoil(value, keep) for key, value in data.items()}
    if isinstance(data, list):
        return [spoil(value, keep) for value in data]
    return HOSTILE + data if isinstance(data, str) and data not in keep else data
