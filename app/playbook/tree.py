"""The segment tree as a picture: boxes joined by bands as wide as the number of people in them.

Three columns: everybody, the core personas, their micro personas. Who has no micro persona, or no persona at
all, is drawn in a dashed box, not dropped. All figures are pixels of the picture's own 960-wide frame.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from app.models.cast import Cast
from app.models.persona import MacroPersona
from app.playbook.figures import NodeView, TreeView
from app.playbook.words import listed, people

WIDTH = 960
ROOT, CORE, MICRO = (0, 76), (196, 272), (590, 370)  # x and width of each column
BOX, SLIM, GAP, GROUP_GAP = 66, 36, 12, 30
WIDEST_BAND = 8.0  # pixels a person
LETTER = 7.6  # pixels a letter of a name, on average


@dataclass(frozen=True)
class Row:
    """A box of the last column before it is placed."""

    title: str
    note: str
    href: str
    n: int
    slim: bool = False

    def height(self, unit: float) -> int:
        return SLIM if self.slim else max(BOX, round(self.n * unit) + 8)


def tree(cast: Cast, refs: dict[str, str]) -> TreeView:
    """The picture of the whole cast; only the dashed box of the uncovered where there is no persona."""
    unit = min(WIDEST_BAND, 320 / max(len(cast.participants), 1))
    nodes: list[NodeView] = []
    bands: list[str] = []
    middles, y = [], 2
    for macro in cast.macros:
        y, middle = core_group(cast, macro, refs, unit, y, nodes, bands)
        middles.append(middle)
        y += GROUP_GAP - GAP
    outside = [person.id for person in cast.participants if person.id not in cast.covered]
    if outside:
        row = Row(f"In no core persona: {listed(outside, 6)}", "", "#uncovered", len(outside), slim=True)
        nodes.append(place(row, MICRO, y, unit))
        y += SLIM + GROUP_GAP
    if middles:
        root(cast, unit, middles, nodes, bands)
    return TreeView(WIDTH, max(y - GROUP_GAP + 2, SLIM), bands, nodes)


def core_group(
    cast: Cast, macro: MacroPersona, refs: dict[str, str], unit: float, y: int, nodes: list[NodeView], bands: list[str]
) -> tuple[int, int]:
    """Draws one core persona with what hangs on it; returns where the next begins and the core's own middle."""
    rows = rows_of(cast, macro, refs)
    height = max(BOX, round(macro.sample.n * unit) + 8)
    total = sum(row.height(unit) + GAP for row in rows) - GAP
    top, middle = y + max(0, (height - total) // 2), y + max(height, total) // 2
    me = Row(macro.name, f"{refs[macro.id]} · {people(macro.sample.n)}", f"#p-{refs[macro.id].lower()}", macro.sample.n)
    nodes.append(place(me, CORE, middle - height // 2, unit))
    left = middle - macro.sample.n * unit / 2
    for row in rows:
        nodes.append(place(row, MICRO, top, unit))
        right = top + row.height(unit) / 2 - row.n * unit / 2
        bands.append(band(sum(CORE), left, MICRO[0], right, row.n * unit))
        left += row.n * unit
        top += row.height(unit) + GAP
    return y + max(height, total) + GAP, middle


def rows_of(cast: Cast, macro: MacroPersona, refs: dict[str, str]) -> list[Row]:
    """The core's micro personas, and those of its people who are in none."""
    rows, placed = [], set[str]()
    for micro in cast.micros_of(macro):
        note = f"{refs[micro.id]} · {people(micro.sample.n)}: {listed(micro.sample.participants)}"
        rows.append(Row(micro.name, note, f"#p-{refs[micro.id].lower()}", micro.sample.n))
        placed |= set(micro.sample.participants)
    rest = [person for person in macro.sample.participants if person not in placed]
    title = f"In the core only: {listed(rest)}" if rows else f"No micro persona: {listed(rest)}"
    return [*rows, Row(title, "", f"#p-{refs[macro.id].lower()}", len(rest), slim=True)] if rest else rows


def root(cast: Cast, unit: float, middles: Iterable[int], nodes: list[NodeView], bands: list[str]) -> None:
    """The box of everybody, and its bands to the cores."""
    middles = list(middles)
    covered, everybody = len(cast.covered), len(cast.participants)
    height = max(BOX, round(covered * unit) + 8)
    middle = max((middles[0] + middles[-1]) // 2, height // 2 + 2)
    everyone = Row(str(covered), f"of {everybody}", "#coverage", covered)
    nodes.append(place(everyone, ROOT, middle - height // 2, unit))
    left = middle - sum(macro.sample.n for macro in cast.macros) * unit / 2
    for macro, target in zip(cast.macros, middles, strict=True):
        width = macro.sample.n * unit
        bands.append(band(sum(ROOT), left, CORE[0], target - width / 2, width))
        left += width


def place(row: Row, column: tuple[int, int], y: int, unit: float) -> NodeView:
    """The row as a box with its text: the name on one or two lines, the note below."""
    x, width = column
    height = row.height(unit)
    names = textwrap.wrap(row.title, round((width - 32) / LETTER), max_lines=1 if row.slim else 2, placeholder=" …")
    block = len(names) * 18 + (17 if row.note else 0)
    first = y + (height - block) // 2 + 14
    lines = [(first + 18 * number, name) for number, name in enumerate(names)]
    title = ", ".join(part for part in (row.title, row.note) if part)
    return NodeView(x, y, width, height, row.href, title, lines, (first + 18 * len(names), row.note), row.slim)


def band(x1: int, y1: float, x2: int, y2: float, width: float) -> str:
    """A path of constant width from (x1, y1) to (x2, y2), both upper corners, leaving and arriving level."""
    middle = (x1 + x2) / 2
    y3, y4 = y2 + width, y1 + width
    return (
        f"M{x1} {y1:.1f}C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {x2} {y2:.1f}V{y3:.1f}"
        f"C{middle:.0f} {y3:.1f} {middle:.0f} {y4:.1f} {x1} {y4:.1f}Z"
    )
