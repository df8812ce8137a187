"""ThemeMatrix: who voiced which theme, as a table; and the profiles segmenting would see if the themes were true.

A table (CSV, TSV or XLSX) with a row for each participant:

    participant, role, macro, micro, motivation: to grow without rebuilding, stressor: audits, …
    P01, Head of IT, M1, m1, 1, 0

`participant`  required
`macro`, `micro`, `segment`  the truth, where it is known: the person's group on each level; `segment` stands for
               whichever of the two is missing. An empty cell: the person has none
themes         every other column whose cells are all 0 or 1, or true or false (an empty cell is 0). A heading that
               begins with a code's id and a colon is a theme of that code; any other is taken for a theme of every
               code, so that none is kept from the segmentation
attributes     the other columns, `role` among them

A planted study's folder serves as well: its statements that support a theme are the ones of the matrix.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.engines.base import Profile
from app.models.codebook import load_codebook
from app.models.evidence import Evidence
from app.models.theme import Theme
from evals.planted import TRUTH, Planted, participants_of, read_planted
from evals.planted_groups import planted_members
from retrieval.errors import UnreadableSource
from retrieval.evidence import Participant, Quote, sha256
from retrieval.readers.rows import Row, read_rows

TRUTHS = ("macro", "micro", "segment")
FLAGS = {"": False, "0": False, "0.0": False, "false": False, "1": True, "1.0": True, "true": True}


class MatrixTheme(NamedTuple):
    """A theme's heading, its codes, and who voiced it."""

    label: str
    codes: list[str]
    voiced_by: list[str]


class ThemeMatrix(NamedTuple):
    """`truth`: level → participant → group."""

    people: list[Participant]
    themes: list[MatrixTheme]
    truth: dict[str, dict[str, str]]

    def profiles(self) -> list[Profile]:
        """Every participant with one piece of evidence for each theme they voiced, in the theme's words."""
        return [
            Profile(
                participant=one, evidence=[_said(theme, one.id) for theme in self.themes if one.id in theme.voiced_by]
            )
            for one in self.people
        ]

    def found_themes(self) -> list[Theme]:
        """The themes as a study would hold them."""
        return [
            Theme(id=f"th_{number}", code=theme.codes[0], label=theme.label, n=len(self.people),
                  evidence_ids=[_said(theme, who).id for who in theme.voiced_by], participants=theme.voiced_by)
            for number, theme in enumerate(self.themes, start=1)
        ]  # fmt: skip


def read_matrix(path: Path) -> ThemeMatrix:
    """The matrix in a table or of a planted study; UnreadableSource or BadInput where it cannot be used."""
    if (path / TRUTH).is_file():
        return matrix_of(read_planted(path), participants_of(path))
    header, *rows = list(read_rows(path)) or [Row(1, [])]
    columns = [cell.casefold() if cell.casefold() in ("participant", *TRUTHS) else cell for cell in header.cells]
    if "participant" not in columns or not rows:
        remedy = "Give a column `participant`, a row for each of them, and a column of 0 and 1 for each theme"
        raise UnreadableSource(path, "this is no table of participants and themes", remedy, header.line)
    cells = [_cells(path, columns, row) for row in rows]
    _refuse_twins(path, rows, cells)
    return _matrix(path, columns, cells)


def matrix_of(planted: Planted, people: Sequence[Participant]) -> ThemeMatrix:
    """The matrix of a planted study, without those who withdrew."""
    voiced = {theme.id: sorted({one.participant for one in planted.said(theme)}) for theme in planted.themes}
    heard = {who for one in voiced.values() for who in one}
    known = {one.id: one for one in people}
    told = [one for one in planted.themes if voiced[one.id]]
    return ThemeMatrix(
        people=[known.get(who, Participant(id=who)) for who in sorted(heard)],
        themes=[MatrixTheme(one.label or one.id, [one.code], voiced[one.id]) for one in told],
        truth={"macro": planted_members(planted.macro, planted), "micro": planted_members(planted.micro, planted)},
    )  # fmt: skip


def _matrix(path: Path, columns: list[str], cells: list[dict[str, str]]) -> ThemeMatrix:
    free = [name for name in columns if name and name not in ("participant", *TRUTHS)]
    flagged = [
        name for name in free if all(row[name].casefold() in FLAGS for row in cells) and any(row[name] for row in cells)
    ]
    if not flagged:
        raise UnreadableSource(path, "no column holds a theme", "Write 1 where a participant voiced it and 0 elsewhere")
    attributes = [name for name in free if name not in flagged]
    people = [
        Participant(id=row["participant"], attributes={name: row[name] for name in attributes if row[name]})
        for row in cells
    ]
    themes = [_theme(name, [row["participant"] for row in cells if FLAGS[row[name].casefold()]]) for name in flagged]
    return ThemeMatrix(people, themes, {level: _groups(cells, level) for level in ("macro", "micro")})


def _theme(heading: str, voiced_by: list[str]) -> MatrixTheme:
    known = load_codebook().ids
    code, colon, label = heading.partition(":")
    named = bool(colon) and code.strip().casefold() in known
    return MatrixTheme(label.strip() if named else heading, [code.strip().casefold()] if named else known, voiced_by)


def _groups(cells: list[dict[str, str]], level: str) -> dict[str, str]:
    """Participant → group of a level; of `segment` where the level has no column."""
    column = level if level in cells[0] else "segment"
    return {row["participant"]: row[column] for row in cells if row.get(column)}


def _cells(path: Path, columns: list[str], row: Row) -> dict[str, str]:
    padded = [*row.cells, *[""] * (len(columns) - len(row.cells))]
    cells = dict(zip(columns, padded, strict=False))
    if not cells["participant"]:
        raise UnreadableSource(path, "the row names no participant", "Fill in the participant column", row.line)
    return cells


def _refuse_twins(path: Path, rows: Sequence[Row], cells: Sequence[dict[str, str]]) -> None:
    seen: set[str] = set()
    for row, cell in zip(rows, cells, strict=True):
        if cell["participant"] in seen:
            reason = f"the participant “{cell['participant']}” stands there twice"
            raise UnreadableSource(path, reason, "Give each participant one row", row.line)
        seen.add(cell["participant"])


def _said(theme: MatrixTheme, participant: str) -> Evidence:
    quote = Quote(
        source_id="matrix", participant_id=participant, start=0, end=len(theme.label), text=theme.label,
        sha256=sha256(f"{participant}: {theme.label}"),
    )  # fmt: skip
    return Evidence.of(quote, dict.fromkeys(theme.codes, 1.0), theme.codes, "truth")
