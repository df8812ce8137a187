"""The playbook as PDF: the view as its template reads it. Transcripts stay out; the appendix holds the quotes.

A part that is empty in the view is not set. Links lead to what the view holds; an anchor nobody places is plain text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from app.playbook.appendix import numbers
from app.playbook.figures import HeatGroup, HeatView, NodeView, TreeView
from app.playbook.tree import CORE, MICRO
from app.playbook.view import PlaybookView
from app.typesetting import TEMPLATES, has_unset, set_pdf

TEMPLATE = TEMPLATES / "playbook" / "playbook.typ"
SECTIONS = ("overview", "coverage", "uncovered", "advice", "themes", "briefs", "evidence", "method")
# In which parts of the view the template places anchors, each once.
PLACED = ("macros", "beside", "centres", "cited")
# Letters of a text from which on a row of a table may break over pages; shorter ones stay whole.
ROW = 1200
# What fits on a page: pixels of the tree's own frame (960 wide), and people in the table of themes.
TALLEST, ACROSS, WIDEST = 1150, 22, 40


def typeset(view: PlaybookView) -> bytes:
    """The view as a PDF with bookmarks, page numbers and linked quotes; equal views give equal bytes."""
    return set_pdf(TEMPLATE, book(view))


def book(view: PlaybookView) -> dict[str, Any]:
    """The view as the template reads it."""
    data = asdict(view)
    del data["transcripts"]
    data["numbers"] = numbers(view.cited)
    data["anchors"] = anchors(data)
    data["tree"] = tree(view.tree)
    data["heat"] = heat(view.heat)
    data["unset"] = has_unset(data)
    data["long"] = longest(data) > ROW
    return data


def longest(data: Any) -> int:
    """The letters of the longest text."""
    if isinstance(data, dict | list | tuple):
        return max(map(longest, data.values() if isinstance(data, dict) else data), default=0)
    return len(data) if isinstance(data, str) else 0


def anchors(data: dict[str, Any]) -> list[str]:
    """Every place a link may lead to."""
    placed = Counter(found for part in PLACED for found in _anchors(data[part]))
    sections = [name for name in SECTIONS if data.get(name) or name in {"coverage", "overview"}]
    return [*sections, *(name for name, times in placed.items() if times == 1)]


def _anchors(data: Any) -> Iterator[str]:
    """Anchors anywhere below; those of contrast pairs stand elsewhere too."""
    if isinstance(data, dict):
        yield from [data["anchor"]] if data.get("anchor") else []
        for name, value in data.items():
            yield from _anchors(value) if name != "contrast" else []
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _anchors(value)


def tree(view: TreeView) -> dict[str, Any]:
    """The picture as one piece, or as a piece for each core persona where it is taller than a page."""
    whole = piece(view.nodes, view.bands)
    pieces = [whole] if view.height <= TALLEST else [piece(nodes, view.bands) for nodes in by_core(view.nodes)]
    names = ", ".join(node.title for node in view.nodes)
    return {"width": view.width, "pieces": pieces if view.nodes else [], "words": f"Segment tree: {names}"}


def by_core(nodes: list[NodeView]) -> list[list[NodeView]]:
    """Core personas with what hangs on them, each a list; whoever is in none stands with the last."""
    found: list[list[NodeView]] = []
    for node in nodes:
        if node.x == CORE[0] or not found:
            found.append([])
        found[-1] += [node] if node.x in {CORE[0], MICRO[0]} else []
    return [part for part in found if part]


def piece(nodes: list[NodeView], bands: list[str]) -> dict[str, Any]:
    """These nodes, moved up to the top, with the bands that end at one of them."""
    top = min((node.y for node in nodes), default=0) - 2
    height = max((node.y + node.height for node in nodes), default=0) + 2 - top
    return {
        "width": 960,
        "height": height,
        "nodes": [asdict(node) | {"y": node.y - top} for node in nodes],
        "bands": [moved for band in bands if (moved := band_in(band, top, height, {node.x for node in nodes}))],
    }


def band_in(band: str, top: int, height: int, columns: set[int]) -> list[float]:
    """A band's path as numbers, moved; empty where it does not lie in this piece."""
    path = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", band)]
    x1, y1, middle, _, _, y2, x2, _, y3, _, _, _, y4, *_ = path
    here = int(x2) in columns and 0 <= y2 - top <= height and (x1 > CORE[0] or 0 in columns)
    return [x1, y1 - top, middle, 0, 0, y2 - top, x2, 0, y3 - top, 0, 0, 0, y4 - top] if here else []


def heat(view: HeatView | None) -> dict[str, Any] | None:
    """The table of themes, cut into tables where more people stand in it than fit across a page."""
    if view is None:
        return None
    people = sum(len(group.people) for group in view.groups)
    return asdict(view) | {"wide": people > ACROSS, "parts": [_part(view, *ends) for ends in _ends(people)]}


def _ends(people: int) -> list[tuple[int, int]]:
    return [(start, min(start + WIDEST, people)) for start in range(0, people, WIDEST)]


def _part(view: HeatView, start: int, end: int) -> dict[str, Any]:
    """The columns from `start` to before `end`, with their groups."""
    groups, at = [], 0
    for group in view.groups:
        kept = group.people[max(start - at, 0) : max(end - at, 0)]
        groups += [asdict(HeatGroup(group.ref, group.name, kept))] if kept else []
        at += len(group.people)
    rows = [asdict(row) | {"cells": row.cells[start:end]} for row in view.rows]
    return {"groups": groups, "rows": rows}
