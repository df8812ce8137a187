"""Segments given by the user, in YAML or JSON:

    - name: IT managers
      members: [P01, P02, P03, P04]
      micro:
        - name: Early-moving IT managers
          members: [P01, P02]

Held to the rules: a micro segment has two people or more, is smaller than its macro, and its people are
of that macro and of no other micro segment.
"""

from collections import Counter
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from app.errors import BadInput
from app.models.base import Model
from app.models.field import Level
from app.models.segment import Member, Segment, SegmentTree, Uncovered, segment_id, tail_of

# How a tree says that it was made so.
METHOD = "given by the user in"


class MicroRow(Model):
    name: str
    members: list[str]


class MacroRow(MicroRow):
    micro: list[MicroRow] = []


ROWS = TypeAdapter(list[MacroRow])


def read_segments(path: Path, interviewed: list[str]) -> SegmentTree:
    """The tree in `path`; BadInput where the file cannot be read, breaks a rule, or names unknown people."""
    rows = _load(path)
    _check(path, rows, interviewed)
    segments = [one for row in rows for one in _segments(row)]
    covered = {person for row in rows for person in row.members}
    uncovered = [Uncovered(participant_id=one, why=f"not in {path.name}") for one in interviewed if one not in covered]
    return SegmentTree(segments=segments, uncovered=uncovered, method=f"{METHOD} {path.name}")


def _load(path: Path) -> list[MacroRow]:
    try:
        return ROWS.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: the file cannot be read. Check its name.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise BadInput(f"{path}{line}: this is not YAML or JSON. Mend it and try again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(f"{path}, at {place}: {first['msg']}. Each segment needs `name` and `members`.") from error


def _check(path: Path, rows: list[MacroRow], interviewed: list[str]) -> None:
    problem = _unknown(rows, interviewed) or _twice(rows) or next((p for row in rows if (p := _broken(row))), None)
    if problem:
        raise BadInput(f"{path}: {problem}.")


def _unknown(rows: list[MacroRow], interviewed: list[str]) -> str | None:
    named = {person for row in rows for part in (row, *row.micro) for person in part.members}
    unknown = sorted(named - set(interviewed))
    known = ", ".join(interviewed)
    return f"{', '.join(unknown)} took no part in an interview. Participants are {known}" if unknown else None


def _twice(rows: list[MacroRow]) -> str | None:
    names = Counter(part.name for row in rows for part in (row, *row.micro))
    if twins := sorted(name for name, count in names.items() if count > 1):
        return f"two segments are called “{twins[0]}”; give each a name of its own"
    for level in ([row.members for row in rows], [micro.members for row in rows for micro in row.micro]):
        counts = Counter(person for members in level for person in members)
        doubled = sorted(person for person, count in counts.items() if count > 1)
        if doubled:
            return f"{', '.join(doubled)} stands in two segments of one level; leave one out"
    return None


def _broken(row: MacroRow) -> str | None:
    for micro in row.micro:
        if len(micro.members) < 2:
            return f"“{micro.name}” has fewer than two people; a micro persona never stands for one person"
        if outside := sorted(set(micro.members) - set(row.members)):
            return f"{', '.join(outside)} is in “{micro.name}” but not in “{row.name}” above it"
        if len(micro.members) >= len(row.members):
            return f"“{micro.name}” is as large as “{row.name}”; a micro segment is a part of its macro segment"
    return None if len(row.members) > 1 else f"“{row.name}” has fewer than two people"


def _segments(row: MacroRow) -> list[Segment]:
    macro = _segment(row, Level.MACRO, None)
    return [macro, *(_segment(micro, Level.MICRO, macro.id) for micro in row.micro)]


def _segment(row: MicroRow, level: Level, parent_id: str | None) -> Segment:
    depth = 2 if parent_id else 1
    return Segment(
        id=segment_id(level, depth, row.members),
        parent_id=parent_id,
        level=level,
        depth=depth,
        tail=tail_of(depth),
        name=row.name,
        definition=[],
        members=[Member(participant_id=one, weight=1.0, why="placed by the user") for one in sorted(row.members)],
    )
