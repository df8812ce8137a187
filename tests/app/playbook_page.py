"""The playbook page taken apart for tests, and the study it is made from."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from playbook_cast import Room, build_room, read_study

from app.models.cast import Cast
from app.models.claim import Claim
from app.playbook import render_playbook
from retrieval.evidence import Source

VOID = {"meta", "br"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str]
    parent: "Node | None"
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text beneath, white space collapsed as a browser does."""
        return " ".join("".join(self.texts).split())

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def inside(self, name: str) -> bool:
        """Whether a node above has this class."""
        return self.parent is not None and (name in self.parent.classes or self.parent.inside(name))

    def under(self, above: "Node") -> bool:
        return self.parent is not None and (self.parent is above or self.parent.under(above))


class Page(HTMLParser):
    """The page as a flat list of nodes in reading order; an end tag that closes something else is an error."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(self.nodes[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1] if self.open else None
        self.nodes.append(Node(tag, {name: value or "" for name, value in attrs}, above))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for node in self.open:
            node.texts.append(data)

    def all(self, tag: str, of_class: str = "") -> list[Node]:
        return [n for n in self.nodes if n.tag == tag and (not of_class or of_class in n.classes)]

    def id(self, name: str) -> Node:
        [node] = [node for node in self.nodes if node.attrs.get("id") == name]
        return node

    @property
    def ids(self) -> list[str]:
        return [node.attrs["id"] for node in self.nodes if "id" in node.attrs]


@cache
def room() -> Room:
    return build_room(read_study())


@cache
def html() -> str:
    return render(room().cast)


@cache
def page() -> Page:
    return Page(html())


def render(cast: Cast, sources: list[Source] | None = None) -> str:
    """The test study's playbook, with this cast and (unless given) its own sources."""
    return render_playbook(cast, room().sources if sources is None else sources, evidence=room().evidence)


def changed(**changes: Any) -> Cast:
    return room().cast.model_copy(update=changes)


def first_claim() -> Claim:
    return room().cast.macros[0].grounded_claims()[0]


def with_first_claim(**changes: Any) -> Cast:
    """The cast with the first core persona's first claim changed."""
    first, *others = room().cast.personas
    claims = first.field(first_claim().field)
    persona = first.model_copy(update={claims[0].field: [claims[0].model_copy(update=changes), *claims[1:]]})
    return changed(personas=[persona, *others])
