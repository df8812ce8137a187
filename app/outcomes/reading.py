"""Reading: a table of outcomes (.csv, .tsv, .xlsx, .json) in, outcomes out, all or none; every line that cannot be used
is named. What a cell says is repeated nowhere but where it is a persona's or a brief's name."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import BadInput, NotFound
from app.models.brief import Brief
from app.models.outcome import Outcome
from app.models.persona import Persona
from app.outcomes.columns import Unfit, UnknownPersona, count_of, name_columns, stage_of, text_of
from app.synthesis.reviewing import find_among
from retrieval.readers.decoding import decode
from retrieval.readers.headers import find_header
from retrieval.readers.rows import TABLES, read_sheets

FORMATS = (*TABLES, ".json")
MOST_ROWS = 50_000
# So many lines are named; the rest are counted.
MOST_NAMED = 20


@dataclass(frozen=True)
class Known:
    """What rows may name."""

    personas: Sequence[Persona]
    briefs: Mapping[str, Brief]


@dataclass(frozen=True)
class Line:
    """A row: its line in the file (in JSON its place in the list), and its cells by what they mean."""

    number: int
    cells: Mapping[str, str]


def read_outcomes(raw: bytes, where: str, known: Known) -> list[Outcome]:
    """BadInput, naming every bad line, where any cannot be used; UnreadableSource for what is no table."""
    if Path(where).suffix.lower() not in FORMATS:
        raise BadInput(f"{where}: outcomes are read from {', '.join(FORMATS)}. Save the table as one of them.")
    lines = list(_lines(raw, where))
    if not lines:
        raise BadInput(f"{where}: the table has no rows. Check that it is the right file.")
    if len(lines) > MOST_ROWS:
        raise BadInput(f"{where}: {len(lines):,} rows; up to {MOST_ROWS:,} are read at once. Send it in parts.")
    found, wrong = _read(lines, known)
    if wrong:
        rest = f"; and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
        told = "; ".join(f"line {number}: {error}" for number, error in wrong[:MOST_NAMED]) + rest
        raise BadInput(f"{where}: nothing was imported. {told}. {_help(wrong, known)}")
    return found


def _help(wrong: Sequence[tuple[int, Unfit]], known: Known) -> str:
    names = "; ".join(f"{one.name} ({one.id})" for one in known.personas) or "none yet"
    told = f"Personas are: {names}. " if any(isinstance(error, UnknownPersona) for _, error in wrong) else ""
    return f"{told}Correct the file, then import it again."


def _read(lines: Sequence[Line], known: Known) -> tuple[list[Outcome], list[tuple[int, Unfit]]]:
    """The outcomes, and what is wrong with the other lines."""
    found: dict[str, tuple[int, Outcome]] = {}
    wrong: list[tuple[int, Unfit]] = []
    for line in lines:
        try:
            new = _outcome(line.cells, known)
            if new.id in found:
                raise Unfit(f"the same asset, persona, stage and period as line {found[new.id][0]}; put them together")
            found[new.id] = (line.number, new)
        except Unfit as error:
            wrong.append((line.number, error))
    return [new for _, new in found.values()], wrong


def _outcome(cells: Mapping[str, str], known: Known) -> Outcome:
    seen, did = (count_of(name, cells.get(name, "")) for name in ("impressions", "conversions"))
    if did > seen:
        raise Unfit(f"{did:,} conversions of {seen:,} impressions")
    asset = text_of("asset", cells.get("asset", ""))
    if not asset:
        raise Unfit("asset is empty")
    persona, stage = _persona(cells.get("persona", ""), known), stage_of(cells.get("stage", ""))
    return Outcome(
        asset=asset, persona_id=persona.id, stage=stage, impressions=seen, conversions=did,
        period=text_of("period", cells.get("period", "")), industry=text_of("industry", cells.get("industry", "")),
        brief_id=_brief(text_of("brief", cells.get("brief", "")), persona, known),
    )  # fmt: skip


def _persona(cell: str, known: Known) -> Persona:
    wanted = text_of("persona", cell)
    if not wanted:
        raise Unfit("persona is empty")
    try:
        return find_among(known.personas, wanted)
    except NotFound as error:
        several = error.what != "persona"
        raise UnknownPersona(f"persona “{wanted[:60]}” {'may be several' if several else 'is not known'}") from error


def _brief(wanted: str, persona: Persona, known: Known) -> str:
    if wanted and wanted not in known.briefs:
        raise Unfit(f"there is no brief “{wanted[:60]}”; leave the cell empty, or see: dramatis briefs")
    if wanted and known.briefs[wanted].persona_id != persona.id:
        raise Unfit(f"the brief {wanted} is for another persona")
    return wanted


def _lines(raw: bytes, where: str) -> Iterator[Line]:
    if Path(where).suffix.lower() == ".json":
        yield from _json_lines(raw, where)
        return
    for sheet in read_sheets(raw, where):
        header = find_header(sheet)
        columns = name_columns(header.names, sheet.name)
        for row in sheet.rows():
            if row.line > header.last:
                yield Line(row.line, {name: row.cells[at] for name, at in columns.items() if at < len(row.cells)})


def _json_lines(raw: bytes, where: str) -> Iterator[Line]:
    """A list of objects, or an object that holds one under `outcomes`."""
    try:
        told = json.loads(decode(raw, where))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{where}: the file is not JSON. Correct it, or give the outcomes as a table.") from error
    rows = told.get("outcomes") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput(f"{where}: outcomes are a list of objects. Write them as [{{“asset”: …, “persona”: …}}, …].")
    for number, row in enumerate(rows, start=1):
        columns = name_columns(list(row), f"{where}, item {number}")
        values = list(row.values())
        yield Line(number, {name: _cell(values[at]) for name, at in columns.items()})


def _cell(value: object) -> str:
    return "" if value is None else str(value)
