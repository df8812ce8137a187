"""The template context of the pictures and the appendix: segment tree, heat table, transcripts.

The same rules as in `app.playbook.view`, which holds the rest: plain text in, escaped by the templates.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonView:
    """A participant as the playbook shows them. `href` is empty where their transcript is not in the page."""

    id: str
    description: str
    marketing: bool
    href: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class NodeView:
    """A box of the segment tree, in the picture's own pixels. `lines` are (y, text)."""

    x: int
    y: int
    width: int
    height: int
    href: str
    title: str
    lines: list[tuple[int, str]]
    note: tuple[int, str]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class TreeView:
    width: int
    height: int
    bands: list[str]
    nodes: list[NodeView]


@dataclass(frozen=True, slots=True)
class HeatGroup:
    """Neighbouring columns of one segment. `people` are participant ids."""

    ref: str
    name: str
    people: list[str]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`cells` hold (pieces of evidence, level 0 to 4, first of its group) per person, in column order."""

    label: str
    code: str
    family: int
    k: int
    n: int
    table_stakes: bool
    cells: list[tuple[int, int, bool]]
    theme_id: str = ""


@dataclass(frozen=True, slots=True)
class HeatView:
    groups: list[HeatGroup]
    rows: list[HeatRow]
    left_out: int
    long_ids: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn. `anchors` are the quotes that begin here; `family` is None outside every mark; `start` is
    where it stands in the source."""

    text: str
    anchors: tuple[str, ...] = ()
    family: int | None = None
    second: int | None = None
    cited: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class TagView:
    """A code in the margin of a turn, with links (`M1.3`, href) back to the claims that cite it. `place` is the first
    stretch with it."""

    label: str
    family: int
    uses: list[tuple[str, str]]
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class TurnView:
    """`voice`: participant | interviewer | left-out (somebody who is not part of the study)."""

    who: str
    voice: str
    at: str
    paragraphs: list[list[Piece]]
    tags: list[TagView]


@dataclass(frozen=True, slots=True)
class TranscriptView:
    anchor: str
    name: str
    people: list[PersonView]
    cited: int
    turns: list[TurnView]
